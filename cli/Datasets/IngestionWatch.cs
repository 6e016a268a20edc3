using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using AIaaS.Pipeline.Datasets;
using Spectre.Console;

namespace AIaaS.Cli.Datasets;

/// <summary>Waits until what was just dropped is ingested, then shows it.</summary>
public static class IngestionWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Between two files of one dataset it waits for the second for as long as its trigger takes; beyond this it waits for the user.
    private static readonly TimeSpan WaitingIsFinal = TimeSpan.FromSeconds(30);

    /// <summary><paramref name="before"/> is the record before the drop, null when there was none: an older ready version is no answer.</summary>
    public static async Task<int> RunAsync(
        ServiceClient client, string dataset, DatasetRecord? before, Terminal terminal, bool json, CancellationToken cancellationToken)
    {
        var record = json
            ? await WaitAsync(client, dataset, before, cancellationToken)
            : await terminal.Waiting($"Ingesting {dataset}", () => WaitAsync(client, dataset, before, cancellationToken));
        await DatasetsCommand.ShowAsync(client, dataset, terminal, json, cancellationToken);
        if (record.Status == DatasetStatus.Ready) return ExitCodes.Success;
        if (record.Status == DatasetStatus.Waiting && !json)
            terminal.Line($"Upload what is missing with [blue]aiaas upload {Markup.Escape(dataset)} FILE[/].");
        return ExitCodes.Failed;
    }

    public static async Task<DatasetRecord?> FindAsync(ServiceClient client, string dataset, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetAsync(ServiceClient.Path($"datasets/{dataset}"), CliJson.Default.DatasetRecord, cancellationToken)).Value;
        }
        catch (ServiceProblemException problem) when (problem.Status == 404)
        {
            return null;
        }
    }

    public static async Task<DatasetRecord> WaitAsync(ServiceClient client, string dataset, DatasetRecord? before, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // A drop that went straight to storage has no record until its trigger has seen it.
            if (await FindAsync(client, dataset, cancellationToken) is { } record && record.UpdatedOn != before?.UpdatedOn)
            {
                if (record.Status is DatasetStatus.Ready or DatasetStatus.Failed) return record;
                if (record.Status == DatasetStatus.Waiting && TimeProvider.System.GetElapsedTime(started) > WaitingIsFinal) return record;
            }
            await Task.Delay(Interval, cancellationToken);
        }
    }
}
