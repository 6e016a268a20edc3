using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using AIaaS.Pipeline.Datasets;

namespace AIaaS.Cli.Datasets;

/// <summary>aiaas datasets list | show | delete.</summary>
public static class DatasetsCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("datasets", "List, show and delete datasets",
            "aiaas datasets list", "aiaas datasets show digits", "aiaas datasets delete digits --yes");
        command.Add(List(terminal));
        command.Add(Show(terminal));
        command.Add(Delete(terminal));
        return command;
    }

    private static ExampleCommand List(Terminal terminal)
    {
        var command = new ExampleCommand("list", "List all datasets and where they stand",
            "aiaas datasets list", "# The names of the ready ones", "aiaas datasets list --json | jq -r '.value[] | select(.status==\"Ready\") | .name'");
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var answer = await client.GetAsync("datasets", CliJson.Default.ListingDatasetRecord, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(answer.Json);
            else DatasetView.List(terminal, answer.Value.Value);
            return ExitCodes.Success;
        });
        return command;
    }

    private static ExampleCommand Show(Terminal terminal)
    {
        var command = new ExampleCommand("show", "Show a dataset's ingestion report: rows, columns, classes, what was rejected and why",
            "aiaas datasets show digits",
            "# The rejected rows as JSON Lines: file, line, reason", "aiaas datasets show digits --rejects",
            "# The class balance", "aiaas datasets show digits --json | jq .label.classes");
        var name = new Argument<string>("NAME") { Description = "Name of the dataset" };
        var rejects = new Option<bool>("--rejects") { Description = "Write the rejected rows instead of the report" };
        command.Add(name);
        command.Add(rejects);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var dataset = parsed.GetRequiredValue(name);
            if (parsed.GetValue(rejects))
            {
                terminal.Raw.Write(await client.TextAsync(HttpMethod.Get, ServiceClient.Path($"datasets/{dataset}/rejects"), null, cancellationToken));
                return ExitCodes.Success;
            }
            await ShowAsync(client, dataset, terminal, parsed.GetValue(RootCommandLine.Json), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }

    private static ExampleCommand Delete(Terminal terminal)
    {
        var command = new ExampleCommand("delete", "Delete a dataset: its data, its report, and its key, so that nothing of it can be read again",
            "aiaas datasets delete digits", "# Without asking", "aiaas datasets delete digits --yes");
        var name = new Argument<string>("NAME") { Description = "Name of the dataset" };
        var confirm = new ConfirmOption();
        command.Add(name);
        command.Add(confirm.Option);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var dataset = parsed.GetRequiredValue(name);
            confirm.Check(parsed, terminal, $"Delete dataset '{dataset}' and its key for good?");
            await client.TextAsync(HttpMethod.Delete, ServiceClient.Path($"datasets/{dataset}"), null, cancellationToken);
            terminal.Done(parsed, $"Dataset {dataset} is deleted, and so is its key.");
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The report when there is one, else the record: an ingestion under way or failed has no report.</summary>
    public static async Task ShowAsync(ServiceClient client, string dataset, Terminal terminal, bool json, CancellationToken cancellationToken)
    {
        var record = await client.GetAsync(ServiceClient.Path($"datasets/{dataset}"), CliJson.Default.DatasetRecord, cancellationToken);
        if (record.Value.Status != DatasetStatus.Ready)
        {
            if (json) terminal.WriteJson(record.Json);
            else DatasetView.Record(terminal, record.Value);
            return;
        }
        var report = await client.GetAsync(ServiceClient.Path($"datasets/{dataset}/report"), CliJson.Default.DatasetReport, cancellationToken);
        if (json) terminal.WriteJson(report.Json);
        else ReportView.Write(terminal, report.Value);
    }
}
