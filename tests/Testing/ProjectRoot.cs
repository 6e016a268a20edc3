namespace AIaaS.Testing;

/// <summary>The folder of AIaaS.sln, found upwards from the test binaries.</summary>
public static class ProjectRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "AIaaS.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("AIaaS.sln was not found above the test binaries.");
    }
}
