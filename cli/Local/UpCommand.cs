using System.CommandLine;
using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using Spectre.Console;

namespace AIaaS.Cli.Local;

/// <summary>aiaas up: the service on this machine until Ctrl-C.</summary>
public static class UpCommand
{
    private const int MostJobs = 64;

    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("up",
            """
            Run the service on this machine until Ctrl-C

            Starts storage (Azurite), the Function App and the loop that starts a trainer per job. Everything lies in one
            folder; starting again on the same folder continues where the last run stopped, jobs under way included.
            """,
            "aiaas up",
            "# A folder and a port of one's own", "aiaas up --data ./my-service --port 8080",
            "# Two jobs at once, all logs on the screen", "aiaas up --jobs 2 --verbose",
            "# Use it from another terminal", "aiaas datasets list");
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder the service lives in [env: AIAAS_DATA; default: ~/.aiaas]", HelpName = "DIR" };
        var port = new Option<int?>("--port") { Description = "Port of the HTTP API [default: 7071 if it is free, else any]", HelpName = "PORT" };
        var jobs = new Option<int>("--jobs") { Description = "Training jobs at once", HelpName = "N", DefaultValueFactory = static _ => 1 };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Write the logs of the service to standard error, too" };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 65535) result.AddError("--port must be 1 to 65535.");
        });
        jobs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostJobs) result.AddError($"--jobs must be 1 to {MostJobs}.");
        });
        command.Add(data);
        command.Add(port);
        command.Add(jobs);
        command.Add(verbose);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(data) is { } given ? new DataFolder(given.FullName) : DataFolder.Default(terminal);
            var json = parsed.GetValue(RootCommandLine.Json);
            var options = new LocalServiceOptions(folder, parsed.GetValue(port), parsed.GetValue(jobs), parsed.GetValue(verbose) ? terminal.Error.Profile.Out.Writer : null);

            await using var service = json
                ? await LocalService.StartAsync(options, static _ => { }, cancellationToken)
                : await terminal.Reporting(report => LocalService.StartAsync(options, report, cancellationToken));
            if (json) terminal.WriteJson(JsonSerializer.Serialize(service.Endpoint, CliJson.Readable.Endpoint));
            else Show(terminal, service.Endpoint, folder);

            await service.RunAsync(cancellationToken);
            if (!json) terminal.Line("Stopping: letting requests and messages under way finish …");
            return ExitCodes.Success;
        });
        return command;
    }

    public static void Show(Terminal terminal, Endpoint endpoint, DataFolder folder)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        table.AddRow("[bold]service[/]", Markup.Escape(endpoint.Url.ToString()));
        table.AddRow("[bold]API page[/]", Markup.Escape(new Uri(endpoint.Url, "docs").ToString()));
        table.AddRow("[bold]access key[/]", $"{Markup.Escape(endpoint.Key)}  [grey](header x-functions-key)[/]");
        table.AddRow("[bold]storage[/]", $"container 'datasets' is the drop zone; connection string in {Markup.Escape(folder.EndpointFile)}");
        table.AddRow("[bold]data[/]", Markup.Escape(folder.Path));
        table.AddRow("[bold]logs[/]", Markup.Escape(folder.Logs));
        terminal.Out.Write(table);

        var prefix = folder.Path == DataFolder.Default(terminal).Path ? "" : $"AIAAS_DATA={folder.Path} ";
        terminal.Line("Next, in another terminal:");
        foreach (var next in (string[])["aiaas upload iris iris.csv --label species --watch", "aiaas train --dataset iris --family mlp --watch", "aiaas predict iris new-flowers.csv"])
            terminal.Line($"  [blue]{Markup.Escape(prefix + next)}[/]");
        terminal.Line("Ctrl-C stops it; 'aiaas up' on the same folder goes on from there.");
    }
}
