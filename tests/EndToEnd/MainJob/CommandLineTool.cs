using System.Text.Json;
using AIaaS.Local;
using AIaaS.Testing;

namespace AIaaS.EndToEnd.MainJob;

/// <summary>The command line as a user runs it: a process of its own.</summary>
public static class CommandLineTool
{
    private static string Program { get; } = Path.Combine(Path.GetDirectoryName(BuiltApp.Find("AIaaS.Functions"))!.Replace("AIaaS.Functions", "AIaaS.Cli", StringComparison.Ordinal), "aiaas.dll");

    public static TetheredProcess Start(string dataFolder, params string[] args) =>
        TetheredProcess.Start("dotnet", [Program, .. args], new Dictionary<string, string?> { ["AIAAS_DATA"] = dataFolder, ["AIAAS_URL"] = null, ["AIAAS_KEY"] = null }, grace: TimeSpan.FromSeconds(60));

    /// <summary>Runs one command to its end.</summary>
    public static async Task<Result> RunAsync(string dataFolder, params string[] args)
    {
        await using var process = Start(dataFolder, args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        return new Result(await process.WaitForExitAsync(TestContext.Current.CancellationToken), await output, await error);
    }

    public sealed record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>Standard output as JSON, after a success.</summary>
        public JsonElement Json()
        {
            ExitCode.ShouldBe(0, Error + Output);
            return JsonDocument.Parse(Output).RootElement;
        }
    }
}
