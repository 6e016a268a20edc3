using AIaaS.Testing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

/// <summary>A process that dies between two steps of a send or a move: the steps are taken one by one, and the next one never.</summary>
public sealed class CrashTests(AzuriteFixture azurite) : ServiceBusConformance
{
    private static readonly TimeSpan s_claimOver = TimeSpan.FromSeconds(11);
    private readonly ShiftedTime _time = new();

    protected override ServiceBusClient Connect(QueueRules rules) => new(LocalEdition.ConnectionString(azurite, rules), _time);

    [Fact]
    public async Task Send_SenderDiedBeforeEnqueueing_NextSenderDelivers()
    {
        await using var client = Connect(new QueueRules());
        (await ClaimAsync(client, "id")).ShouldNotBeNull();
        _time.Shift = s_claimOver;
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("second") { MessageId = "id" });

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["second"]);
    }

    [Fact]
    public async Task Send_SenderDiedAfterEnqueueing_NextSenderAddsNothingThatIsDelivered()
    {
        await using var client = Connect(new QueueRules());
        await EnqueueAsync(client, "first", "id", (await ClaimAsync(client, "id"))!);
        _time.Shift = s_claimOver;
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("second") { MessageId = "id" });
        (await client.CreateReceiver(Queue).PeekMessagesAsync(10)).Count.ShouldBe(2, "both copies lie in the queue");

        (await DrainAsync(client.CreateReceiver(Queue))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_SenderDiedAfterEnqueueingAndTheMessageWasReceived_NextSenderIsADuplicate()
    {
        await using var client = Connect(new QueueRules());
        await EnqueueAsync(client, "first", "id", (await ClaimAsync(client, "id"))!);
        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["first"]);
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("second") { MessageId = "id" });

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_SlowSenderEnqueuesAfterItWasReplaced_OneIsDelivered()
    {
        await using var client = Connect(new QueueRules());
        var slow = (await ClaimAsync(client, "id"))!;
        _time.Shift = s_claimOver;
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("quick") { MessageId = "id" });
        await EnqueueAsync(client, "slow", "id", slow);

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["quick"]);
    }

    [Fact]
    public async Task Send_SameMessageIdAfterTheWindow_IsANewMessageAndAnOldOneStaysOne()
    {
        await using var client = Connect(new QueueRules(DuplicateDetectionSeconds: 60));
        var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("old") { MessageId = "id" });
        _time.Shift = TimeSpan.FromSeconds(61);
        await sender.SendMessageAsync(new ServiceBusMessage("new") { MessageId = "id" });

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["old", "new"]);
    }

    [Fact]
    public async Task Sweep_AfterTheWindow_DeletesTheRows()
    {
        await using var client = Connect(new QueueRules(DuplicateDetectionSeconds: 60));
        await client.CreateSender(Queue).SendMessagesAsync(Enumerable.Range(0, 120).Select(i => new ServiceBusMessage("x") { MessageId = $"{i}" }));
        (await client.Broker.Sweep.SweepAsync(Queue, CancellationToken.None)).ShouldBe(0);
        _time.Shift = TimeSpan.FromSeconds(61);
        await client.CreateSender(Queue).ScheduleMessageAsync(new ServiceBusMessage("keep") { MessageId = "keep" }, _time.GetUtcNow() + TimeSpan.FromHours(1));

        // The send asked for a sweep too; together they leave the two rows of the message that is to come.
        await client.Broker.Sweep.SweepAsync(Queue, CancellationToken.None);
        await client.Broker.Sweep.DisposeAsync();
        _time.Shift = TimeSpan.FromDays(3);
        await using var later = Connect(new QueueRules());
        (await later.Broker.Sweep.SweepAsync(Queue, CancellationToken.None)).ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeadLetter_ProcessDiedBetweenTheSteps_NextReceiverFinishesOnce(bool hadArrived)
    {
        await using var client = Connect(new QueueRules(LockSeconds: ShortLock));
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("bad"));
        var entity = EntityName.Parse(Queue);
        var dispatch = new Dispatch(client.Broker);
        var held = (await ReceiveAsync(client.CreateReceiver(Queue))).Held;
        var marked = held.Envelope!.MarkDeadLetter(Queue, "reason", "description");
        await Should.ThrowAsync<CrashException>(() => held.MoveAsync(_time, TimeSpan.FromSeconds(ShortLock), marked, async content =>
        {
            if (hadArrived)
                await dispatch.ArriveAsync(entity, held, content);
            throw new CrashException();
        }));

        (await client.CreateReceiver(Queue).ReceiveMessageAsync(AfterShortLock)).ShouldBeNull("a marked message is moved, not delivered");
        var dead = DeadLetters(client, Queue);
        var message = await ReceiveAsync(dead);
        (message.Body.ToString(), message.DeadLetterReason, message.DeadLetterErrorDescription).ShouldBe(("bad", "reason", "description"));
        await dead.CompleteMessageAsync(message);
        (await dead.ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    private Task<string?> ClaimAsync(ServiceBusClient client, string messageId) =>
        client.Broker.Duplicates.ClaimAsync(Queue, DuplicateLog.KeyOf(messageId), TimeSpan.FromMinutes(10), CancellationToken.None);

    private async Task EnqueueAsync(ServiceBusClient client, string body, string messageId, string claim)
    {
        var envelope = OutgoingMessages.From(new ServiceBusMessage(body) { MessageId = messageId }) with
        {
            SequenceNumber = client.Broker.NextSequenceNumber(),
            Enqueued = _time.GetUtcNow(),
            DuplicateKey = DuplicateLog.KeyOf(messageId),
            Claim = claim,
        };
        await client.Broker.Queue(Queue).AddAsync(envelope, TimeSpan.Zero, keepFor: null, CancellationToken.None);
    }

    private sealed class CrashException() : Exception("the process died");
}
