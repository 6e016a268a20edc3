using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

public abstract class DuplicateConformance : ServiceBusConformance
{
    [Fact]
    public async Task Send_SameMessageIdFromTwoClients_IsOneMessage()
    {
        await using var client = Connect(new QueueRules());
        await using var other = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("first") { MessageId = "id" });
        await other.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("second") { MessageId = "id" });

        (await DrainAsync(client.CreateReceiver(Queue))).ShouldBe(["first"]);
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("third") { MessageId = "id" });
        (await client.CreateReceiver(Queue).ReceiveMessageAsync(Now)).ShouldBeNull("completed messages count as duplicates too");
    }

    [Fact]
    public async Task Send_SameMessageIdEightAtOnce_IsOneMessage()
    {
        var clients = Enumerable.Range(0, 8).Select(_ => Connect(new QueueRules())).ToList();
        for (var round = 0; round < 5; round++)
            await Task.WhenAll(clients.Select(client => client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x") { MessageId = $"id-{round}" })));

        (await DrainAsync(clients[0].CreateReceiver(Queue))).Count.ShouldBe(5);
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task Send_DifferentOrNoMessageIds_AreAllKept()
    {
        await using var client = Connect(new QueueRules());
        var sender = client.CreateSender(Queue);
        await sender.SendMessagesAsync([new("x") { MessageId = "a" }, new("x") { MessageId = "A" }, new("x") { MessageId = "a/b#c?" }, new("x"), new("x")]);

        (await DrainAsync(client.CreateReceiver(Queue))).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Send_SameMessageIdToTwoQueues_AreTwoMessages()
    {
        await using var client = Connect(new QueueRules());
        var second = Queue + "-b";
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x") { MessageId = "id" });
        await client.CreateSender(second).SendMessageAsync(new ServiceBusMessage("x") { MessageId = "id" });

        (await DrainAsync(client.CreateReceiver(Queue))).Count.ShouldBe(1);
        (await DrainAsync(client.CreateReceiver(second))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_SameMessageIdWithDetectionOff_AreTwoMessages()
    {
        await using var client = Connect(new QueueRules(DuplicateDetectionSeconds: 0));
        await client.CreateSender(Queue).SendMessagesAsync([new("x") { MessageId = "id" }, new("x") { MessageId = "id" }]);

        (await DrainAsync(client.CreateReceiver(Queue))).Count.ShouldBe(2);
    }
}
