using System.CommandLine;
using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Local;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Demo;

/// <summary>aiaas demo: the main job on real data.</summary>
public static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("demo",
            """
            The main job on real data, in about two minutes: drop, ingest, train, publish, predict

            Starts a service of its own in a temporary folder, drops 10,000 handwritten digits into its storage, shows the
            ingestion report, trains a convolutional network, predicts 1,000 held-out digits over HTTP, shows that storage
            holds only ciphertext, and removes everything again. Fails when fewer than 94 % are right.
            """,
            "aiaas demo",
            "# Leave it running and play with it", "aiaas demo --keep",
            "# For scripts and CI", "aiaas demo --json | jq .accuracy");
        var keep = new Option<bool>("--keep") { Description = "Leave the service running until Ctrl-C" };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder to use and to leave behind, instead of a temporary one", HelpName = "DIR" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Write the logs of the service to standard error, too" };
        command.Add(keep);
        command.Add(data);
        command.Add(verbose);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            terminal, parsed.GetValue(data), parsed.GetValue(keep), parsed.GetValue(RootCommandLine.Json), parsed.GetValue(verbose), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, DirectoryInfo? given, bool keep, bool json, bool verbose, CancellationToken cancellationToken)
    {
        var folder = new DataFolder(given?.FullName ?? Directory.CreateTempSubdirectory("aiaas-demo-").FullName);
        // With --json, people's text goes to standard error and the report alone to standard output.
        using var screen = json ? new Terminal(terminal.Error.Profile.Out.Writer, terminal.Error.Profile.Out.Writer, interactive: false, terminal.Environment) : null;
        var shown = screen ?? terminal;
        try
        {
            var options = new LocalServiceOptions(folder, FreePort.Any(), Jobs: 1, verbose ? terminal.Error.Profile.Out.Writer : null);
            var started = TimeProvider.System.GetTimestamp();
            await using var service = await shown.Reporting(report => LocalService.StartAsync(options, report, cancellationToken));
            var run = new DemoRun(service.Endpoint, folder, shown, started);
            var report = await Until(service, run.RunAsync, cancellationToken);

            if (json) terminal.WriteJson(JsonSerializer.Serialize(report, CliJson.Readable.DemoReport));
            run.Next(keep);
            if (keep) await service.RunAsync(cancellationToken);
            if (report.PlaintextRowsFound > 0) throw new CliException(ExitCodes.Failed, "Plaintext was found in storage.");
            return report.Accuracy >= report.Goal
                ? ExitCodes.Success
                : throw new CliException(ExitCodes.Failed, $"The accuracy is {Numbers.Percent(report.Accuracy)}, below the goal of {Numbers.Percent(report.Goal)}.");
        }
        finally
        {
            if (given is null) Directory.Delete(folder.Path, recursive: true);
        }
    }

    /// <summary>A part of the service that ends for good ends the demo, which would otherwise wait for it.</summary>
    private static async Task<DemoReport> Until(LocalService service, Func<CancellationToken, Task<DemoReport>> run, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = run(stopping.Token);
        var serving = service.RunAsync(stopping.Token);
        var first = await Task.WhenAny(running, serving);
        await stopping.CancelAsync();
        if (first == serving) await serving;
        return await running;
    }
}
