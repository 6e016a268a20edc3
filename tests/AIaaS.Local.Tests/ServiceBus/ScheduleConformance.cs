using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

public abstract class ScheduleConformance : ServiceBusConformance
{
    private static DateTimeOffset In(double seconds) => TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(seconds);

    [Fact]
    public async Task Schedule_Message_ComesNotBeforeItsTime()
    {
        await using var client = Connect(new QueueRules());
        var due = In(2);
        var sequence = await client.CreateSender(Queue).ScheduleMessageAsync(new ServiceBusMessage("later"), due);
        var receiver = client.CreateReceiver(Queue);

        (await receiver.ReceiveMessageAsync(Now)).ShouldBeNull();
        var message = await ReceiveAsync(receiver);

        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(due);
        message.SequenceNumber.ShouldBe(sequence);
        message.DeliveryCount.ShouldBe(1);
        message.ScheduledEnqueueTime.ShouldBe(due);
    }

    [Fact]
    public async Task Send_WithScheduledEnqueueTime_IsHeldBack()
    {
        await using var client = Connect(new QueueRules());
        var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("far") { ScheduledEnqueueTime = In(3600) });
        await sender.SendMessageAsync(new ServiceBusMessage("now"));

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["now"]);
    }

    [Fact]
    public async Task Schedule_InThePast_ComesAtOnce()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).ScheduleMessageAsync(new ServiceBusMessage("x"), In(-60));

        (await ReceiveAsync(client.CreateReceiver(Queue))).Body.ToString().ShouldBe("x");
    }

    [Fact]
    public async Task Cancel_ByAnotherClient_MessageNeverComes()
    {
        await using var client = Connect(new QueueRules());
        await using var other = Connect(new QueueRules());
        var sequence = await client.CreateSender(Queue).ScheduleMessageAsync(new ServiceBusMessage("x"), In(1));
        await other.CreateSender(Queue).CancelScheduledMessageAsync(sequence);

        (await client.CreateReceiver(Queue).ReceiveMessageAsync(TimeSpan.FromSeconds(3))).ShouldBeNull();
    }

    [Fact]
    public async Task Cancel_WhatIsNotScheduled_SaysMessageNotFound()
    {
        await using var client = Connect(new QueueRules());
        var sender = client.CreateSender(Queue);
        var sequence = await sender.ScheduleMessageAsync(new ServiceBusMessage("x"), In(1));
        await ReceiveAsync(client.CreateReceiver(Queue));

        (await ReasonAsync(() => sender.CancelScheduledMessageAsync(sequence))).ShouldBe(ServiceBusFailureReason.MessageNotFound);
        (await ReasonAsync(() => sender.CancelScheduledMessageAsync(123))).ShouldBe(ServiceBusFailureReason.MessageNotFound);
    }
}
