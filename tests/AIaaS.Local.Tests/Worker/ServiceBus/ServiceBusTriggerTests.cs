using AIaaS.Testing;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Local.Tests.Worker.ServiceBus;

public sealed class ServiceBusTriggerTests : IAsyncDisposable
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly AzuriteFixture _azurite;
    private readonly string _queue = $"queue-{Guid.NewGuid():N}";
    private const int ShortLock = 5;

    private readonly ServiceBusClient _client;
    private readonly Deliveries _deliveries = new();

    public ServiceBusTriggerTests(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _client = new ServiceBusClient(azurite.ConnectionString);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task ServiceBusTrigger_FunctionCompletes_MessageIsGone()
    {
        await using var host = await StartAsync(typeof(SettlingFunctions));
        await SendAsync("one", "two");
        await Eventually.HoldsAsync(() => _deliveries.Done.Count == 2, "both are run");
        await EmptyAsync();
        _deliveries.Done.Select(delivery => delivery.Body).Order(StringComparer.Ordinal).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task ServiceBusTrigger_AutoCompleteOfHostJson_CompletesWhatReturned()
    {
        await using var host = await StartAsync(typeof(BodyFunctions));
        await SendAsync("body");
        await Eventually.HoldsAsync(() => _deliveries.Done.Count == 1, "it is run");
        await EmptyAsync();
        _deliveries.Done.Single().Body.ShouldBe("body");
    }

    [Fact]
    public async Task ServiceBusTrigger_AutoCompleteOffInHostJson_LeavesTheMessage()
    {
        await using var host = await StartAsync(typeof(BodyFunctions), autoComplete: false, lockSeconds: 2);
        await SendAsync("kept");
        await Eventually.HoldsAsync(() => _deliveries.Done.Count >= 2, "it comes again after its lock");
    }

    [Fact]
    public async Task ServiceBusTrigger_FunctionThrowsOnce_MessageComesBack()
    {
        _deliveries.Work = (delivery, _) => delivery.Count == 1 ? throw new InvalidOperationException("first time") : Task.CompletedTask;
        await using var host = await StartAsync(typeof(SettlingFunctions));
        await SendAsync("again");
        await Eventually.HoldsAsync(() => _deliveries.Done.Count == 1, "the second delivery succeeds");
        _deliveries.Begun.Select(delivery => delivery.Count).ShouldBe([1, 2]);
        await EmptyAsync();
    }

    [Fact]
    public async Task ServiceBusTrigger_FunctionAlwaysThrows_IsDeadLetteredAfterMaxDeliveryCount()
    {
        _deliveries.Work = (_, _) => throw new InvalidOperationException("always");
        await using var host = await StartAsync(typeof(SettlingFunctions));
        await SendAsync("bad");
        var dead = await DeadLetterAsync();
        dead.Body.ToString().ShouldBe("bad");
        dead.DeadLetterReason.ShouldBe("MaxDeliveryCountExceeded");
        _deliveries.Begun.Select(delivery => delivery.Count).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task ServiceBusTrigger_FunctionDeadLetters_ReasonAndPropertiesAreKept()
    {
        await using var host = await StartAsync(typeof(RefusingFunctions));
        await SendAsync("unwanted");
        var dead = await DeadLetterAsync();
        dead.DeadLetterReason.ShouldBe("NotWanted");
        dead.DeadLetterErrorDescription.ShouldBe("nobody asked for it");
        dead.ApplicationProperties["hint"].ShouldBe(7);
    }

    [Fact]
    public async Task ServiceBusTrigger_WorkLongerThanTheLock_KeepsTheMessage()
    {
        // Twice the lock's time, told by the broker's own clock: a message sent with that delay has become visible.
        var later = $"{_queue}-later";
        await using var clock = _client.CreateReceiver(later);
        await _client.CreateSender(later).ScheduleMessageAsync(new ServiceBusMessage("tick"), TimeProvider.System.GetUtcNow().AddSeconds(2 * ShortLock));
        _deliveries.Work = (_, cancellationToken) => clock.ReceiveMessageAsync(TimeSpan.FromMinutes(1), cancellationToken);
        await using var host = await StartAsync(typeof(SettlingFunctions), lockSeconds: ShortLock);
        await SendAsync("long");
        await Eventually.HoldsAsync(() => _deliveries.Done.Count == 1, "the long work is done");
        await EmptyAsync();
        _deliveries.Begun.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ServiceBusTrigger_MaxConcurrentCalls_IsReachedAndNotExceeded()
    {
        var release = new TaskCompletionSource();
        _deliveries.Work = (_, _) => release.Task;
        await using var host = await StartAsync(typeof(SettlingFunctions), concurrency: 3);
        await SendAsync([.. Enumerable.Range(0, 8).Select(i => $"{i}")]);
        await Eventually.HoldsAsync(() => _deliveries.Begun.Count == 3, "three are running");
        release.SetResult();
        await Eventually.HoldsAsync(() => _deliveries.Done.Count == 8, "all are run");
        _deliveries.MostAtOnce.ShouldBe(3);
    }

    [Fact]
    public async Task ServiceBusTrigger_StopWhileRunning_FinishesAndCompletes()
    {
        var release = new TaskCompletionSource();
        _deliveries.Work = (_, _) => release.Task;
        await using var host = await StartAsync(typeof(SettlingFunctions), concurrency: 1);
        await SendAsync("running", "waiting");
        await Eventually.HoldsAsync(() => _deliveries.Begun.Count == 1, "one is running");
        var stopping = host.StopAsync();
        stopping.IsCompleted.ShouldBeFalse();
        release.SetResult();
        await stopping;
        _deliveries.Done.Count.ShouldBe(1);
        await using var receiver = _client.CreateReceiver(_queue);
        var left = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(30));
        left.Body.ToString().ShouldNotBe(_deliveries.Done.Single().Body);
    }

    [Fact]
    public async Task ServiceBusTrigger_StopLongerThanTheDrain_CancelsAndGivesTheMessageBack()
    {
        _deliveries.Work = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        await using (var host = await StartAsync(typeof(SettlingFunctions), drain: TimeSpan.FromMilliseconds(200)))
        {
            await SendAsync("endless");
            await Eventually.HoldsAsync(() => _deliveries.Begun.Count == 1, "it is running");
            await host.StopAsync();
        }
        _deliveries.Work = (_, _) => Task.CompletedTask;
        await using var second = await StartAsync(typeof(SettlingFunctions));
        await Eventually.HoldsAsync(() => _deliveries.Done.Count == 1, "it comes back");
        _deliveries.Done.Single().Count.ShouldBe(2);
    }

    [Fact]
    public async Task ServiceBusTrigger_DiagnosticId_IsContinued()
    {
        await using var host = await StartAsync(typeof(SettlingFunctions));
        await _client.CreateSender(_queue).SendMessageAsync(new ServiceBusMessage("traced") { ApplicationProperties = { ["Diagnostic-Id"] = TraceParent } });
        await Eventually.HoldsAsync(() => _deliveries.Done.Count == 1, "it is run");
        _deliveries.Done.Single().TraceParent!.ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        _deliveries.Done.Single().TraceParent.ShouldNotBe(TraceParent);
    }

    [Fact]
    public async Task ServiceBusTrigger_ConnectionIsANamespace_SaysThatThisEditionHasNone()
    {
        var plan = HostPlan.WithStorage(_azurite, _queue, typeof(SettlingFunctions)) with { Settings = ["Bus:fullyQualifiedNamespace=x.servicebus.windows.net", $"queue={_queue}"] };
        var exception = await Should.ThrowAsync<Exception>(() => RunningHost.StartAsync(plan with { Configure = Add }));
        exception.Message.ShouldContain("connection setting 'Bus'");
        exception.Message.ShouldContain("AzurePackages=true");
    }

    private void Add(Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder builder) => builder.Services.AddSingleton(_deliveries);

    private Task SendAsync(params string[] bodies) => _client.CreateSender(_queue).SendMessagesAsync(bodies.Select(body => new ServiceBusMessage(body)));

    /// <summary>Storage's own count, which includes messages under a lock.</summary>
    private Task EmptyAsync()
    {
        var queue = new QueueClient(_azurite.ConnectionString, _queue);
        return Eventually.HoldsAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, "the queue is empty");
    }

    private async Task<ServiceBusReceivedMessage> DeadLetterAsync()
    {
        await using var receiver = _client.CreateReceiver(_queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        return (await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(60))).ShouldNotBeNull();
    }

    private Task<RunningHost> StartAsync(Type functions, int concurrency = 4, bool autoComplete = true, TimeSpan? drain = null, int lockSeconds = 60)
    {
        var plan = HostPlan.WithStorage(_azurite, _queue[..31], functions);
        return RunningHost.StartAsync(plan with
        {
            Settings = [.. plan.Settings, $"Bus={_azurite.ConnectionString}LockSeconds={lockSeconds};MaxDeliveryCount=3;", $"queue={_queue}"],
            HostJson = $$"""
                { "version": "2.0", "extensions": { "serviceBus": {
                    "maxConcurrentCalls": {{concurrency}}, "autoCompleteMessages": {{(autoComplete ? "true" : "false")}}, "maxAutoLockRenewalDuration": "00:10:00" } } }
                """,
            Configure = Add,
            Options = plan.Options with { DrainTimeout = drain ?? plan.Options.DrainTimeout },
        });
    }
}
