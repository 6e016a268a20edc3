using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

public abstract class SendReceiveConformance : ServiceBusConformance
{
    [Fact]
    public async Task Send_WithEverythingSet_ArrivesUnchanged()
    {
        await using var client = Connect(new QueueRules());
        var sent = new ServiceBusMessage("größe <&> \u0001 \"")
        {
            MessageId = "id-1",
            Subject = "subject",
            CorrelationId = "correlation",
            ContentType = "application/json",
            ReplyTo = "answers",
            To = "there",
            TimeToLive = TimeSpan.FromHours(1),
        };
        object[] values = ["text", true, 'x', (byte)1, (sbyte)-1, (short)-2, (ushort)2, -3, 3u, -4L, 4UL, 1.5f, double.MaxValue, 1.25m, Guid.NewGuid(),
            new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), TimeSpan.FromSeconds(9), new Uri("https://a.example/b")];
        foreach (var value in values)
            sent.ApplicationProperties[value.GetType().Name] = value;
        await client.CreateSender(Queue).SendMessageAsync(sent);

        var received = await ReceiveAsync(client.CreateReceiver(Queue));

        received.Body.ToString().ShouldBe("größe <&> \u0001 \"");
        received.MessageId.ShouldBe("id-1");
        received.Subject.ShouldBe("subject");
        received.CorrelationId.ShouldBe("correlation");
        received.ContentType.ShouldBe("application/json");
        received.ReplyTo.ShouldBe("answers");
        received.To.ShouldBe("there");
        received.TimeToLive.ShouldBe(TimeSpan.FromHours(1));
        received.ExpiresAt.ShouldBe(received.EnqueuedTime + TimeSpan.FromHours(1));
        received.DeliveryCount.ShouldBe(1);
        received.SequenceNumber.ShouldBeGreaterThan(0);
        received.ApplicationProperties.Values.ShouldBe(values, ignoreOrder: true);
    }

    [Fact]
    public async Task Send_ArbitraryBytes_ArriveUnchanged()
    {
        await using var client = Connect(new QueueRules());
        var bytes = new byte[40_000];
        new Random(7).NextBytes(bytes);
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage(new ReadOnlyMemory<byte>(bytes)));

        (await ReceiveAsync(client.CreateReceiver(Queue))).Body.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public async Task Send_TooLarge_IsRefusedWithTheLimit()
    {
        await using var client = Connect(new QueueRules());
        var message = new ServiceBusMessage(new byte[2 * 1024 * 1024]);

        var refused = await Should.ThrowAsync<ServiceBusException>(() => client.CreateSender(Queue).SendMessageAsync(message));

        refused.Reason.ShouldBe(ServiceBusFailureReason.MessageSizeExceeded);
        refused.IsTransient.ShouldBeFalse();
        (await client.CreateReceiver(Queue).ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Send_ManyInOneCall_ArriveInOrder()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessagesAsync([new("1"), new("2"), new("3"), new("4")]);

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["1", "2", "3", "4"]);
    }

    [Fact]
    public async Task Batch_FullOfMessages_SaysSoAndSendsWhatItHolds()
    {
        await using var client = Connect(new QueueRules());
        var sender = client.CreateSender(Queue);
        using var batch = await sender.CreateMessageBatchAsync();
        while (batch.TryAddMessage(new ServiceBusMessage(new byte[40_000])))
            batch.SizeInBytes.ShouldBeLessThanOrEqualTo(batch.MaxSizeInBytes);
        var count = batch.Count;
        count.ShouldBeGreaterThan(1);
        await sender.SendMessagesAsync(batch);

        (await DrainAsync(client.CreateReceiver(Queue))).Count.ShouldBe(count);
    }

    [Fact]
    public async Task Receive_FromEmptyQueue_ReturnsNullAfterTheWait()
    {
        await using var client = Connect(new QueueRules());
        (await client.CreateReceiver(Queue).ReceiveMessageAsync(TimeSpan.FromMilliseconds(150))).ShouldBeNull();
        (await client.CreateReceiver(Queue).ReceiveMessagesAsync(5, TimeSpan.FromMilliseconds(150))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Receive_WhileWaiting_GetsWhatAnotherClientSends()
    {
        await using var client = Connect(new QueueRules());
        await using var other = Connect(new QueueRules());
        var waiting = client.CreateReceiver(Queue).ReceiveMessageAsync(Patience);
        await other.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("late"));

        (await waiting).ShouldNotBeNull().Body.ToString().ShouldBe("late");
    }

    [Fact]
    public async Task Receive_Cancelled_Throws()
    {
        await using var client = Connect(new QueueRules());
        using var cancelled = new CancellationTokenSource();
        var waiting = client.CreateReceiver(Queue).ReceiveMessageAsync(Patience, cancelled.Token);
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Receive_ByTwoClients_HandsOutEachMessageOnce()
    {
        await using var first = Connect(new QueueRules());
        await using var second = Connect(new QueueRules());
        await first.CreateSender(Queue).SendMessagesAsync(Enumerable.Range(0, 20).Select(i => new ServiceBusMessage(i.ToString())));

        var drained = await Task.WhenAll(DrainAsync(first.CreateReceiver(Queue)), DrainAsync(second.CreateReceiver(Queue)));

        drained.SelectMany(bodies => bodies).Order().ShouldBe(Enumerable.Range(0, 20).Select(i => i.ToString()).Order());
    }

    [Fact]
    public async Task ReceiveAndDelete_Message_IsGoneAndCannotBeSettled()
    {
        await using var client = Connect(new QueueRules(LockSeconds: ShortLock));
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("once"));
        var receiver = client.CreateReceiver(Queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });

        var message = await ReceiveAsync(receiver);

        (await receiver.ReceiveMessageAsync(AfterShortLock)).ShouldBeNull();
        await Should.ThrowAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(message));
    }

    [Fact]
    public async Task Peek_Messages_LeavesThemAndGoesOnWhereItWas()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessagesAsync([new("a"), new("b"), new("c")]);
        var receiver = client.CreateReceiver(Queue);

        var first = await receiver.PeekMessagesAsync(2);
        var next = await receiver.PeekMessageAsync();
        (await receiver.PeekMessageAsync()).ShouldBeNull();
        var again = await receiver.PeekMessagesAsync(10, fromSequenceNumber: first[1].SequenceNumber);

        first.Select(message => message.Body.ToString()).ShouldBe(["a", "b"]);
        next.Body.ToString().ShouldBe("c");
        again.Select(message => message.Body.ToString()).ShouldBe(["b", "c"]);
        await Should.ThrowAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(next));
        (await DrainAsync(receiver)).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Peek_Message_CountsNoDelivery()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var receiver = client.CreateReceiver(Queue);

        (await receiver.PeekMessageAsync()).DeliveryCount.ShouldBe(0);
        (await ReceiveAsync(receiver)).DeliveryCount.ShouldBe(1);
    }

    [Fact]
    public async Task Enumerate_Messages_UntilCancelled()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessagesAsync([new("a"), new("b")]);
        var receiver = client.CreateReceiver(Queue);
        using var enough = new CancellationTokenSource();
        var bodies = new List<string>();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var message in receiver.ReceiveMessagesAsync(enough.Token))
            {
                bodies.Add(message.Body.ToString());
                if (bodies.Count == 2)
                    await enough.CancelAsync();
            }
        });
        bodies.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Closed_SenderAndReceiver_Refuse()
    {
        await using var client = Connect(new QueueRules());
        var sender = client.CreateSender(Queue);
        var receiver = client.CreateReceiver(Queue);
        await sender.DisposeAsync();
        await receiver.DisposeAsync();

        sender.IsClosed.ShouldBeTrue();
        await Should.ThrowAsync<ObjectDisposedException>(() => sender.SendMessageAsync(new ServiceBusMessage("x")));
        await Should.ThrowAsync<ObjectDisposedException>(() => receiver.ReceiveMessageAsync(Now));
    }

    [Fact]
    public async Task TimeToLive_Over_MessageIsNotDelivered()
    {
        await using var client = Connect(new QueueRules());
        var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("short") { TimeToLive = TimeSpan.FromMilliseconds(1) });
        await sender.SendMessageAsync(new ServiceBusMessage("long") { TimeToLive = TimeSpan.FromHours(1) });

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["long"]);
    }
}
