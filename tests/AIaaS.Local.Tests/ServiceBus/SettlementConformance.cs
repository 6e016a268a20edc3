using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

public abstract class SettlementConformance : ServiceBusConformance
{
    [Fact]
    public async Task Complete_Message_IsGone()
    {
        await using var client = Connect(new QueueRules(LockSeconds: ShortLock));
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var receiver = client.CreateReceiver(Queue);
        await receiver.CompleteMessageAsync(await ReceiveAsync(receiver));

        (await receiver.ReceiveMessageAsync(AfterShortLock)).ShouldBeNull();
    }

    [Fact]
    public async Task Settle_Twice_LockIsLost()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var receiver = client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        await receiver.CompleteMessageAsync(message);

        (await ReasonAsync(() => receiver.CompleteMessageAsync(message))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        (await ReasonAsync(() => receiver.AbandonMessageAsync(message))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        (await ReasonAsync(() => receiver.DeadLetterMessageAsync(message))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        (await ReasonAsync(() => receiver.RenewMessageLockAsync(message))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        (await DeadLetters(client, Queue).ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Lock_Held_HidesTheMessageFromOthers()
    {
        await using var client = Connect(new QueueRules());
        await using var other = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        await ReceiveAsync(client.CreateReceiver(Queue));

        (await other.CreateReceiver(Queue).ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Lock_Expired_MessageGoesToAnotherAndTheFirstCannotSettle()
    {
        await using var client = Connect(new QueueRules(LockSeconds: 1));
        await using var other = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var slow = client.CreateReceiver(Queue);
        var quick = other.CreateReceiver(Queue);
        var first = await ReceiveAsync(slow);
        var second = await ReceiveAsync(quick);

        second.DeliveryCount.ShouldBe(2);
        second.SequenceNumber.ShouldBe(first.SequenceNumber);
        second.LockToken.ShouldNotBe(first.LockToken);
        (await ReasonAsync(() => slow.CompleteMessageAsync(first))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        (await ReasonAsync(() => slow.AbandonMessageAsync(first))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        (await ReasonAsync(() => slow.DeadLetterMessageAsync(first, "late"))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        (await ReasonAsync(() => slow.RenewMessageLockAsync(first))).ShouldBe(ServiceBusFailureReason.MessageLockLost);
        await quick.CompleteMessageAsync(second);
        (await DeadLetters(client, Queue).ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Renew_PastTheFirstLock_KeepsTheMessage()
    {
        await using var client = Connect(new QueueRules(LockSeconds: ShortLock));
        await using var other = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var receiver = client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        var lockedAtFirst = message.LockedUntil;
        var competitor = other.CreateReceiver(Queue);
        while (message.LockedUntil < lockedAtFirst + TimeSpan.FromSeconds(ShortLock))
        {
            await receiver.RenewMessageLockAsync(message);
            (await competitor.ReceiveMessageAsync(TimeSpan.FromMilliseconds(200))).ShouldBeNull();
        }
        await receiver.CompleteMessageAsync(message);
        (await competitor.ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Abandon_WithProperties_ComesBackAtOnceWithThem()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var receiver = client.CreateReceiver(Queue);
        var first = await ReceiveAsync(receiver);
        await receiver.AbandonMessageAsync(first, new Dictionary<string, object> { ["attempt"] = 1 });

        var second = await ReceiveAsync(receiver);
        second.DeliveryCount.ShouldBe(2);
        second.ApplicationProperties["attempt"].ShouldBe(1);
    }

    [Fact]
    public async Task DeadLetter_WithReason_IsReadFromTheDeadLetterQueue()
    {
        await using var client = Connect(new QueueRules());
        await using var other = Connect(new QueueRules());
        var sent = new ServiceBusMessage("bad") { MessageId = "m-1", Subject = "s" };
        sent.ApplicationProperties["n"] = 5;
        await client.CreateSender(Queue).SendMessageAsync(sent);
        var receiver = client.CreateReceiver(Queue);
        await receiver.DeadLetterMessageAsync(await ReceiveAsync(receiver), new Dictionary<string, object> { ["k"] = "v" }, "no label", "column 'label' is missing");

        (await receiver.ReceiveMessageAsync(Now)).ShouldBeNull();
        var dead = DeadLetters(other, Queue);
        var message = await ReceiveAsync(dead);
        message.Body.ToString().ShouldBe("bad");
        message.MessageId.ShouldBe("m-1");
        message.Subject.ShouldBe("s");
        message.DeadLetterReason.ShouldBe("no label");
        message.DeadLetterErrorDescription.ShouldBe("column 'label' is missing");
        message.ApplicationProperties["n"].ShouldBe(5);
        message.ApplicationProperties["k"].ShouldBe("v");
        message.ApplicationProperties["DeadLetterReason"].ShouldBe("no label");
        await dead.CompleteMessageAsync(message);
        (await dead.ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    [Fact]
    public async Task DeadLetter_OfTheLargestMessageWithTheLongestReason_LosesNothing()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage(new byte[44_000]));
        var receiver = client.CreateReceiver(Queue);
        await receiver.DeadLetterMessageAsync(await ReceiveAsync(receiver), new string('ö', 4096), new string('ä', 4096));

        var dead = await ReceiveAsync(DeadLetters(client, Queue));
        dead.Body.ToArray().Length.ShouldBe(44_000);
        dead.DeadLetterReason.ShouldStartWith("öö");
    }

    [Fact]
    public async Task DeadLetter_ReasonTooLong_IsRefusedAndTheMessageKept()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var receiver = client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => receiver.DeadLetterMessageAsync(message, new string('x', 4097)));
        await receiver.CompleteMessageAsync(message);
    }

    [Fact]
    public async Task Abandon_AtTheLastDelivery_DeadLetters()
    {
        await using var client = Connect(new QueueRules(MaxDeliveryCount: 2));
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("poison"));
        var receiver = client.CreateReceiver(Queue);
        await receiver.AbandonMessageAsync(await ReceiveAsync(receiver));
        await receiver.AbandonMessageAsync(await ReceiveAsync(receiver));

        (await receiver.ReceiveMessageAsync(Now)).ShouldBeNull();
        var dead = await ReceiveAsync(DeadLetters(client, Queue));
        dead.Body.ToString().ShouldBe("poison");
        dead.DeadLetterReason.ShouldBe("MaxDeliveryCountExceeded");
    }

    [Fact]
    public async Task Lock_ExpiredAtTheLastDelivery_DeadLetters()
    {
        await using var client = Connect(new QueueRules(LockSeconds: ShortLock, MaxDeliveryCount: 1));
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("poison"));
        var receiver = client.CreateReceiver(Queue);
        await ReceiveAsync(receiver);

        (await receiver.ReceiveMessageAsync(AfterShortLock)).ShouldBeNull();
        (await ReceiveAsync(DeadLetters(client, Queue))).DeadLetterReason.ShouldBe("MaxDeliveryCountExceeded");
    }

    [Fact]
    public async Task DeadLettered_Message_CanBeSentAgain()
    {
        await using var client = Connect(new QueueRules(DuplicateDetectionSeconds: 0));
        var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("x") { MessageId = "m", Subject = "s" });
        var receiver = client.CreateReceiver(Queue);
        await receiver.DeadLetterMessageAsync(await ReceiveAsync(receiver), "because");
        var dead = await ReceiveAsync(DeadLetters(client, Queue));
        await sender.SendMessageAsync(new ServiceBusMessage(dead));

        var again = await ReceiveAsync(receiver);
        (again.Body.ToString(), again.MessageId, again.Subject, again.DeliveryCount).ShouldBe(("x", "m", "s", 1));
        again.DeadLetterReason.ShouldBeNull();
        again.ApplicationProperties.ShouldBeEmpty();
    }
}
