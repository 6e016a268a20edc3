using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Tests;

/// <summary>One command line, run in this process as a script would run it: no terminal, an environment of its own.</summary>
public sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> Of(params string[] args) => Of([], args);

    public static async Task<CommandRun> Of(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var terminal = new Terminal(output, error, interactive: false, environment.GetValueOrDefault);
        var exitCode = await Application.RunAsync(args, terminal, TestContext.Current.CancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    private static Task<CommandRun> Of(Dictionary<string, string> none, string[] args) =>
        // A data folder that no service runs on, so that the user's own is never asked.
        Of((IReadOnlyDictionary<string, string>)new Dictionary<string, string>(none) { ["AIAAS_DATA"] = Path.Combine(Path.GetTempPath(), "aiaas-no-such-folder") }, args);
}
