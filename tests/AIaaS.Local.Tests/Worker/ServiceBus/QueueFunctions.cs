using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Local.Tests.Worker.ServiceBus;

/// <summary>Settles by itself.</summary>
internal sealed class SettlingFunctions(Deliveries deliveries)
{
    [Function("Settle")]
    public async Task Settle(
        [ServiceBusTrigger("%queue%", Connection = "Bus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions, FunctionContext context, CancellationToken cancellationToken)
    {
        await deliveries.RunAsync(new Delivery(message.Body.ToString(), message.DeliveryCount, context.TraceContext.TraceParent), cancellationToken);
        await actions.CompleteMessageAsync(message, cancellationToken);
    }
}

/// <summary>Dead-letters whatever comes.</summary>
internal sealed class RefusingFunctions
{
    [Function("Refuse")]
    public Task Refuse([ServiceBusTrigger("%queue%", Connection = "Bus")] ServiceBusReceivedMessage message, ServiceBusMessageActions actions) =>
        actions.DeadLetterMessageAsync(message, new Dictionary<string, object>(StringComparer.Ordinal) { ["hint"] = 7 }, "NotWanted", "nobody asked for it");
}

/// <summary>Leaves settling to the host, takes the body alone.</summary>
internal sealed class BodyFunctions(Deliveries deliveries)
{
    [Function("Body")]
    public Task Body([ServiceBusTrigger("%queue%", Connection = "Bus")] string body, CancellationToken cancellationToken) =>
        deliveries.RunAsync(new Delivery(body, 0, Activity.Current?.Id), cancellationToken);
}

internal sealed record Delivery(string Body, int Count, string? TraceParent);

internal sealed class Deliveries
{
    private readonly Lock _gate = new();
    private int _running;

    public ConcurrentQueue<Delivery> Begun { get; } = new();

    public ConcurrentQueue<Delivery> Done { get; } = new();

    public int MostAtOnce { get; private set; }

    public Func<Delivery, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    public async Task RunAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        lock (_gate) MostAtOnce = Math.Max(MostAtOnce, ++_running);
        Begun.Enqueue(delivery);
        try
        {
            await Work(delivery, cancellationToken);
            Done.Enqueue(delivery);
        }
        finally
        {
            lock (_gate) _running--;
        }
    }
}
