namespace AIaaS.Testing;

/// <summary>Finds what the build put into artifacts/bin for the configuration these tests were built with.</summary>
public static class BuiltApp
{
    /// <param name="project">"AIaaS.Functions" or "AIaaS.Training".</param>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Find(string project)
    {
        var folder = Path.Combine(ProjectRoot.Path, "artifacts", "bin", project);
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')).Split('_')[0];
        var found = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, configuration + "*").Select(output => Path.Combine(output, project + ".dll")).FirstOrDefault(File.Exists)
            : null;
        return found ?? throw new FileNotFoundException($"{project} ({configuration}) has not been built; run dotnet build.");
    }
}
