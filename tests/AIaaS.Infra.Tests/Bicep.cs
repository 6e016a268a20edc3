using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace AIaaS.Infra.Tests;

/// <summary>The Bicep compiler of the NuGet package. Its exit code is 0 on type warnings, so any diagnostic text counts as failure.</summary>
internal static class Bicep
{
    public static string Root { get; } = FindRoot();

    public static async Task<(string Json, string Diagnostics)> RunAsync(string verb, string file, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Compiler(), [verb, Path.Combine(Root, file), "--stdout"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var json = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var diagnostics = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (await json, await diagnostics);
    }

    public static async Task<JsonElement> CompileAsync(string file, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<JsonElement>((await RunAsync("build", file, cancellationToken)).Json);

    private static string Compiler()
    {
        var packages = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "NuGetPackageRoot").Value!;
        var versions = Path.Combine(packages, "azure.bicep.commandline.linux-x64");
        return Path.Combine(Directory.EnumerateDirectories(versions).Order(StringComparer.Ordinal).Last(), "tools", "bicep");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AIaaS.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("AIaaS.sln was not found above the test binaries.");
    }
}
