using AIaaS.Functions.Messages;
using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tracing;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Batch;

/// <summary>Runs asynchronous and batch inference.</summary>
/// <remarks>Acknowledged once the operation's row says how it ended, or somebody else has it; anything transient is thrown and the message comes again.</remarks>
public sealed partial class InferenceRequested(OperationRunner runner, ILogger<InferenceRequested> logger)
{
    [Function(nameof(InferenceRequested))]
    public async Task Run(
        [ServiceBusTrigger(StorageLayout.InferenceQueue, Connection = "ServiceBus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        using var activity = MessageTrace.Continue(message, nameof(InferenceRequested));
        string id;
        try
        {
            id = OperationMessage.Parse(message.Body).OperationId;
        }
        catch (PipelineException problem)
        {
            LogPoison();
            await actions.DeadLetterAsync(message, ProblemCodes.MessageInvalid, problem.Message, cancellationToken);
            return;
        }
        if (await runner.RunAsync(id, cancellationToken) is { } operation) LogEnded(operation.Id, operation.Status, operation.Error?.Code);
        FaultPoints.Before(FaultPointNames.Settle);
        await actions.CompleteMessageAsync(message, cancellationToken);
        FaultPoints.After(FaultPointNames.Settle);
    }

    [LoggerMessage(1, LogLevel.Information, "Operation {Operation} is {Status} (problem: {Code}).")]
    private partial void LogEnded(string operation, OperationStatus status, string? code);

    [LoggerMessage(2, LogLevel.Error, "A message of inference-requests is not readable and was set aside.")]
    private partial void LogPoison();
}
