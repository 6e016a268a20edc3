using AIaaS.Functions.Messages;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tracing;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Datasets;

/// <summary>Takes a dataset's drop into the vault.</summary>
/// <remarks>
/// Acknowledged once the dataset's row says how it ended. Anything transient is thrown: the message comes again, and when it
/// has come too often the sweep still finds the drop.
/// </remarks>
public sealed partial class IngestDataset(DatasetIngestion ingestion, ILogger<IngestDataset> logger)
{
    [Function(nameof(IngestDataset))]
    public async Task Run(
        [ServiceBusTrigger(StorageLayout.IngestionQueue, Connection = "ServiceBus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        using var activity = MessageTrace.Continue(message, nameof(IngestDataset));
        if (IngestionRequest.Parse(message.Body) is not { } request)
        {
            LogPoison();
            await actions.DeadLetterAsync(message, ProblemCodes.MessageInvalid, "The body is no ingestion request.", cancellationToken);
            return;
        }
        LogBegun(request.Dataset);
        try
        {
            var record = await ingestion.RunAsync(request.Dataset, cancellationToken);
            LogIngested(record.Name, record.Status, record.Rows, record.Error?.Code);
        }
        catch (PipelineException gone) when (gone.Code == ProblemCodes.DatasetNotFound)
        {
            // Deleted since: there is nothing to do and nobody to tell.
            LogGone(request.Dataset);
        }
        catch (PipelineException problem) when (!problem.IsTransient())
        {
            LogRefused(request.Dataset, problem.Code.Code);
            await actions.DeadLetterAsync(message, problem.Code, problem.Message, cancellationToken);
            return;
        }
        FaultPoints.Before(FaultPointNames.Settle);
        await actions.CompleteMessageAsync(message, cancellationToken);
        FaultPoints.After(FaultPointNames.Settle);
    }

    [LoggerMessage(1, LogLevel.Information, "Dataset {Dataset} is {Status} with {Rows} rows (problem: {Code}).")]
    private partial void LogIngested(string dataset, DatasetStatus status, long rows, string? code);

    [LoggerMessage(5, LogLevel.Information, "Dataset {Dataset} is being looked at.")]
    private partial void LogBegun(string dataset);

    [LoggerMessage(2, LogLevel.Information, "Dataset {Dataset} was deleted before its ingestion.")]
    private partial void LogGone(string dataset);

    [LoggerMessage(3, LogLevel.Warning, "Dataset {Dataset} cannot be ingested: {Code}. The message is set aside; the sweep tries again.")]
    private partial void LogRefused(string dataset, string code);

    [LoggerMessage(4, LogLevel.Error, "A message of dataset-ingestion is not readable and was set aside.")]
    private partial void LogPoison();
}
