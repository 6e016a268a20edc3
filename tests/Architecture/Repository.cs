namespace AIaaS.Architecture.Tests;

/// <summary>The source tree, without what builds and package managers put there.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["artifacts", "node_modules", ".git", "bin", "obj"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string pattern) => Directory
        .EnumerateFiles(Root, pattern, new EnumerationOptions { RecurseSubdirectories = true })
        .Where(path => !Relative(path).Split('/').Any(Made.Contains));

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    public static string Room(string path) => Relative(path).Split('/')[0];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AIaaS.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("AIaaS.sln was not found above the test binaries.");
    }
}
