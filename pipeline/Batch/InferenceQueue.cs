using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tracing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Pipeline.Batch;

/// <summary>The sending side of the queue inference-requests.</summary>
public sealed class InferenceQueue(ServiceBusClient client)
{
    private readonly ServiceBusSender _sender = client.CreateSender(StorageLayout.InferenceQueue);

    /// <summary>Asks for the next attempt of an operation; the queue drops repetitions of the same request.</summary>
    /// <exception cref="PipelineException">QueueUnavailable.</exception>
    public async Task RequestAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var message = new OperationMessage(operation.Id).ToServiceBusMessage();
        message.MessageId = $"operation-{operation.Id}-{operation.Attempt}";
        MessageTrace.Stamp(message, operation.TraceParent);
        try
        {
            await _sender.SendMessageAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is ServiceBusException or TimeoutException or Azure.RequestFailedException or UnauthorizedAccessException)
        {
            throw new PipelineException(ProblemCodes.QueueUnavailable, "The queue inference-requests did not take the message. Try again.", innerException: exception);
        }
    }
}
