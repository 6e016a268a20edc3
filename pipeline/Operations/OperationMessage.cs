using System.Text.Json;
using AIaaS.Pipeline.Problems;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Pipeline.Operations;

/// <summary>The message on the queue inference-requests: a name, nothing else.</summary>
public sealed record OperationMessage(string OperationId)
{
    /// <summary>The same operation always makes the same MessageId, so the broker drops repeats.</summary>
    public ServiceBusMessage ToServiceBusMessage() => new(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(this, OperationsJson.Default.OperationMessage)))
    {
        MessageId = $"operation-{OperationId}",
        ContentType = "application/json",
    };

    /// <exception cref="PipelineException">InvalidRequest: the body is no such message.</exception>
    public static OperationMessage Parse(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            if (JsonSerializer.Deserialize(body.ToMemory().Span, OperationsJson.Default.OperationMessage) is { OperationId: { Length: > 0 } id })
                return new OperationMessage(Storage.ResourceName.Check(id, "operation"));
        }
        catch (JsonException)
        {
            // Reported below: the broken text itself is of no use to anybody.
        }
        throw new PipelineException(ProblemCodes.InvalidRequest, "The message is not {\"operationId\":\"…\"}.");
    }
}
