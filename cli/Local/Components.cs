using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Local;

/// <summary>Where the programs are that the command line starts: beside it when installed as a tool, in artifacts/bin in the repository.</summary>
/// <param name="FunctionApp">AIaaS.Functions.dll.</param>
/// <param name="Trainer">AIaaS.Training.dll.</param>
/// <param name="NpmRoot">Folder of package.json and package-lock.json; npm packages are restored there.</param>
public sealed record Components(string FunctionApp, string Trainer, string NpmRoot)
{
    /// <exception cref="CliException">Something is missing.</exception>
    public static Components Find()
    {
        var tool = AppContext.BaseDirectory;
        var packed = Path.Combine(tool, "functions", "AIaaS.Functions.dll");
        if (File.Exists(packed))
            return new Components(packed, Path.Combine(tool, "training", "AIaaS.Training.dll"), PackedNpmRoot(tool));

        var root = RepositoryRoot(tool) ?? throw Missing("AIaaS.Functions.dll");
        return new Components(Built(root, tool, "AIaaS.Functions"), Built(root, tool, "AIaaS.Training"), root);
    }

    /// <summary>The dotnet that runs this program; the PATH may hold another or none.</summary>
    public static string Dotnet
    {
        get
        {
            var shared = new DirectoryInfo(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
            var beside = shared.Parent?.Parent?.Parent is { } home ? Path.Combine(home.FullName, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet") : null;
            return beside is not null && File.Exists(beside) ? beside : "dotnet";
        }
    }

    /// <summary>One npm folder for all data folders of a user: what is in it depends on the lock file alone.</summary>
    private static string PackedNpmRoot(string tool)
    {
        var source = Path.Combine(tool, "npm");
        // Unverified: a fresh user has no ~/.local/share yet, and would get an empty answer.
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var root = Path.Combine(local, "aiaas", "npm");
        Directory.CreateDirectory(root);
        foreach (var name in (string[])["package.json", "package-lock.json"])
            File.Copy(Path.Combine(source, name), Path.Combine(root, name), overwrite: true);
        return root;
    }

    private static string? RepositoryRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AIaaS.sln"))) return folder.FullName;
        }
        return null;
    }

    /// <summary>The build of the same configuration as this one; test programs run from their own folder and take the newest.</summary>
    private static string Built(string root, string tool, string project)
    {
        var bin = new DirectoryInfo(Path.Combine(root, "artifacts", "bin", project));
        if (!bin.Exists) throw Missing(project + ".dll");
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(tool)).Split('_')[0];
        return bin.EnumerateDirectories()
            .Select(folder => new FileInfo(Path.Combine(folder.FullName, project + ".dll")))
            .Where(file => file.Exists)
            .OrderByDescending(file => file.Directory!.Name.Split('_')[0] == configuration)
            .ThenByDescending(file => file.LastWriteTimeUtc)
            .FirstOrDefault()?.FullName ?? throw Missing(project + ".dll");
    }

    private static CliException Missing(string name) =>
        new(ExitCodes.Failed, $"{name} was not found beside this program.", "Build the solution with 'dotnet build', or install the tool again.");
}
