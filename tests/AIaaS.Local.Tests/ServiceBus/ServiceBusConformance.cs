using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

/// <summary>What a queue is set to; the names are those of Azure's queue properties.</summary>
public sealed record QueueRules(int LockSeconds = 30, int MaxDeliveryCount = 10, int DuplicateDetectionSeconds = 600);

/// <summary>
/// How a Service Bus behaves, written against the public API alone, so that any edition can be held to it. Each test has a
/// queue of its own and two clients stand for two processes.
/// </summary>
public abstract class ServiceBusConformance
{
    /// <summary>How long a test waits for what must come; only a failing test waits that long.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A lock, in seconds, that is awaited to its end where its end is the subject, and that a busy machine still holds, renews
    /// and settles within where that is.
    /// </summary>
    protected const int ShortLock = 5;

    /// <summary>Long enough for a short lock that was left alone to end.</summary>
    protected static readonly TimeSpan AfterShortLock = TimeSpan.FromSeconds(ShortLock + 1);

    /// <summary>How long a test looks for what must not come, at most one look at the queue.</summary>
    protected static readonly TimeSpan Now = TimeSpan.Zero;

    protected string Queue { get; } = $"q-{Guid.NewGuid():N}"[..20];

    protected abstract ServiceBusClient Connect(QueueRules rules);

    protected static ServiceBusReceiver DeadLetters(ServiceBusClient client, string queue) =>
        client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    protected static async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusReceiver receiver) =>
        await receiver.ReceiveMessageAsync(Patience) ?? throw new TimeoutException($"No message came from {receiver.EntityPath}.");

    /// <summary>Receives and completes until the queue is empty.</summary>
    protected static async Task<List<string>> DrainAsync(ServiceBusReceiver receiver)
    {
        var bodies = new List<string>();
        while (await receiver.ReceiveMessageAsync(Now) is { } message)
        {
            bodies.Add(message.Body.ToString());
            await receiver.CompleteMessageAsync(message);
        }
        return bodies;
    }

    protected static async Task<ServiceBusFailureReason> ReasonAsync(Func<Task> action) =>
        (await Should.ThrowAsync<ServiceBusException>(action)).Reason;
}
