using AIaaS.Testing;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Queues;
using FsCheck.Xunit;

namespace AIaaS.Local.Tests.ServiceBus;

/// <summary>What only the edition on storage queues has: its connection string, its names, its envelopes.</summary>
public sealed class BrokerTests(AzuriteFixture azurite) : ServiceBusConformance
{
    protected override ServiceBusClient Connect(QueueRules rules) => LocalEdition.Connect(azurite, rules);

    [Theory]
    [InlineData("UseDevelopmentStorage=true;LockSeconds=0", "LockSeconds")]
    [InlineData("UseDevelopmentStorage=true;LockSeconds=301", "LockSeconds")]
    [InlineData("UseDevelopmentStorage=true;MaxDeliveryCount=x", "MaxDeliveryCount")]
    [InlineData("UseDevelopmentStorage=true;DuplicateDetectionSeconds=", "DuplicateDetectionSeconds")]
    [InlineData("LockSeconds=5", "no storage account")]
    [InlineData("Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=topsecret", "AzurePackages=true")]
    [InlineData("UseDevelopmentStorage=maybe;AccountKey=topsecret", "")]
    public void ConnectionString_Wrong_SaysWhatWithoutTheSecret(string text, string part)
    {
        var refused = Should.Throw<FormatException>(() => new ServiceBusClient(text));
        refused.Message.ShouldContain(part);
        refused.Message.ShouldNotContain("topsecret");
    }

    [Fact]
    public void ConnectionString_WithoutSettings_HasThoseOfAzure() =>
        BrokerSettings.Parse("UseDevelopmentStorage=true;lockseconds=7").ShouldBe(
            new BrokerSettings("UseDevelopmentStorage=true", TimeSpan.FromSeconds(7), 10, TimeSpan.FromMinutes(10)));

    [Fact]
    public void Namespace_InAzure_IsNotSupportedWithAWayOut() =>
        Should.Throw<NotSupportedException>(() => new ServiceBusClient("x.servicebus.windows.net", new DefaultAzureCredential())).Message.ShouldContain("AzurePackages=true");

    [Theory]
    [InlineData("a")]
    [InlineData("with space")]
    [InlineData("under_score")]
    [InlineData("-start")]
    [InlineData("a--b")]
    [InlineData("jobs-deadletter")]
    [InlineData("a-name-that-is-longer-than-the-fifty-two-letters-there-are-for-it")]
    public async Task QueueName_ThatStorageCannotHold_IsRefused(string name)
    {
        await using var client = Connect(new QueueRules());
        Should.Throw<ArgumentException>(() => client.CreateSender(name)).Message.ShouldContain(name);
        Should.Throw<ArgumentException>(() => client.CreateReceiver(name));
    }

    [Fact]
    public async Task QueueName_OfADeadLetterQueue_ReadsItAndTakesNoMessages()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var receiver = client.CreateReceiver(Queue.ToUpperInvariant());
        await receiver.DeadLetterMessageAsync(await ReceiveAsync(receiver), "r");
        var dead = client.CreateReceiver($"{Queue}/$DeadLetterQueue");

        dead.EntityPath.ShouldBe(DeadLetters(client, Queue).EntityPath);
        (await ReceiveAsync(dead)).DeadLetterReason.ShouldBe("r");
        Should.Throw<ArgumentException>(() => client.CreateSender($"{Queue}/$deadletterqueue"));
    }

    [Fact]
    public async Task Receive_WhatNoSenderOfThisEditionWrote_IsDeadLetteredWithItsText()
    {
        await using var client = Connect(new QueueRules());
        var receiver = client.CreateReceiver(Queue);
        (await receiver.ReceiveMessageAsync(Now)).ShouldBeNull();
        await new QueueClient(azurite.ConnectionString, Queue).SendMessageAsync("{\"not\": \"ours\"}");

        (await receiver.ReceiveMessageAsync(Now)).ShouldBeNull();
        var dead = await ReceiveAsync(DeadLetters(client, Queue));
        dead.DeadLetterReason.ShouldBe("UnreadableMessage");
        dead.Body.ToString().ShouldBe("{\"not\": \"ours\"}");
    }

    [Fact]
    public async Task Receive_ScheduledFurtherThanStorageHides_IsHiddenAgainAndCanStillBeCancelled()
    {
        await using var client = Connect(new QueueRules());
        var number = client.Broker.NextSequenceNumber();
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(20);
        await client.Broker.Queue(Queue).AddAsync(new MessageEnvelope { SequenceNumber = number, Scheduled = due }, TimeSpan.Zero, keepFor: null, CancellationToken.None);

        (await client.CreateReceiver(Queue).ReceiveMessageAsync(Now)).ShouldBeNull();
        (await client.CreateReceiver(Queue).PeekMessageAsync()).ShouldBeNull();
        await client.CreateSender(Queue).CancelScheduledMessageAsync(number);
        (await ReasonAsync(() => client.CreateSender(Queue).CancelScheduledMessageAsync(number))).ShouldBe(ServiceBusFailureReason.MessageNotFound);
    }

    [Fact]
    public async Task Send_StorageUnreachable_IsATransientCommunicationProblem()
    {
        await using var client = new ServiceBusClient(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;QueueEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a;");
        var refused = await Should.ThrowAsync<ServiceBusException>(() => client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x")));
        refused.Reason.ShouldBe(ServiceBusFailureReason.ServiceCommunicationProblem);
        refused.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_PropertyOfAnUnknownType_IsRefusedByName()
    {
        await using var client = Connect(new QueueRules());
        var message = new ServiceBusMessage("x") { ApplicationProperties = { ["shape"] = new Version(1, 2) } };
        (await Should.ThrowAsync<ArgumentException>(() => client.CreateSender(Queue).SendMessageAsync(message))).Message.ShouldContain("'shape'");
    }

    [Fact]
    public void SequenceNumbers_TakenAtOnce_AreUniqueAndGrow()
    {
        var broker = new MessageBroker(BrokerSettings.Parse(azurite.ConnectionString), new ShiftedTime());
        var numbers = Enumerable.Range(0, 1000).Select(_ => broker.NextSequenceNumber()).ToList();
        numbers.ShouldBe(numbers.Distinct().Order());
    }

    [Property]
    public void Envelope_Encoded_IsAsciiAndComesBack(byte[] body, string? id, string? subject, int number, double real, bool flag)
    {
        var message = new ServiceBusMessage(new ReadOnlyMemory<byte>(body)) { MessageId = id is { Length: > 128 } ? id[..128] : id, Subject = subject };
        message.ApplicationProperties["number"] = number;
        message.ApplicationProperties["real"] = real;
        message.ApplicationProperties["flag"] = flag;
        var envelope = OutgoingMessages.From(message) with { SequenceNumber = 1 };
        var text = envelope.Encode();
        var back = MessageEnvelope.TryDecode(text).ShouldNotBeNull();

        text.ShouldAllBe(letter => letter >= ' ' && letter < 127);
        back.Body.ShouldBe(body);
        back.Properties!.ToDictionary(pair => pair.Key, pair => pair.Value.ToObject()).ShouldBe(message.ApplicationProperties.ToDictionary(pair => pair.Key, pair => (object?)pair.Value), ignoreOrder: true);
        back.Encode().ShouldBe(text);
    }

    [Property]
    public void Envelope_AnyText_IsReadOrRefusedWithoutThrowing(string? text)
    {
        if (text is not null)
            MessageEnvelope.TryDecode(text)?.SequenceNumber.ShouldBeGreaterThan(0);
    }
}
