using System.Diagnostics;
using AIaaS.Testing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

/// <summary>Several real processes on one queue. The children are this test program, running the explicit tests below.</summary>
public sealed class ProcessTests(AzuriteFixture azurite) : ServiceBusConformance
{
    private const string QueueVariable = "AIAAS_TEST_QUEUE";
    private const int Messages = 20;

    protected override ServiceBusClient Connect(QueueRules rules) => LocalEdition.Connect(azurite, rules);

    [Fact]
    public async Task Send_SameMessagesFromTwoProcessesAndHere_ArriveOnce()
    {
        var children = new[] { Start(nameof(Child_SendsMessages)), Start(nameof(Child_SendsMessages)) };
        await using var client = Connect(new QueueRules());
        await SendAsync(client, Queue);
        foreach (var child in children)
        {
            await child.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
            child.ExitCode.ShouldBe(0);
            child.Dispose();
        }

        (await DrainAsync(client.CreateReceiver(Queue))).Order().ShouldBe(Enumerable.Range(0, Messages).Select(i => $"{i}").Order());
    }

    [Fact]
    public async Task Receive_ByAProcessThatIsKilled_MessageComesBack()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("work"));
        using var child = Start(nameof(Child_ReceivesAndHangs));
        (await client.CreateReceiver(Queue + "-signal").ReceiveMessageAsync(TimeSpan.FromMinutes(2))).ShouldNotBeNull().Body.ToString().ShouldBe("received work");
        child.Kill();

        var again = await ReceiveAsync(client.CreateReceiver(Queue));
        again.Body.ToString().ShouldBe("work");
        again.DeliveryCount.ShouldBe(2);
    }

    [Fact(Explicit = true)]
    public async Task Child_SendsMessages()
    {
        await using var client = Connect(new QueueRules());
        await SendAsync(client, ChildQueue());
    }

    [Fact(Explicit = true)]
    public async Task Child_ReceivesAndHangs()
    {
        await using var client = Connect(new QueueRules(LockSeconds: 2));
        var message = await ReceiveAsync(client.CreateReceiver(ChildQueue()));
        await client.CreateSender(ChildQueue() + "-signal").SendMessageAsync(new ServiceBusMessage("received " + message.Body));
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }

    private static string ChildQueue() =>
        Environment.GetEnvironmentVariable(QueueVariable) ?? throw new InvalidOperationException("This test is a part of another one, which runs it in a process of its own.");

    private static async Task SendAsync(ServiceBusClient client, string queue)
    {
        var sender = client.CreateSender(queue);
        for (var i = 0; i < Messages; i++)
            await sender.SendMessageAsync(new ServiceBusMessage($"{i}") { MessageId = $"id-{i}" });
    }

    private Process Start(string test)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(ProcessTests).Assembly.Location, "-noColor", "-explicit", "only", "-method", $"{typeof(ProcessTests).FullName}.{test}"])
            start.ArgumentList.Add(argument);
        start.Environment[AzuriteFixture.ParentVariable] = azurite.ConnectionString;
        start.Environment[QueueVariable] = Queue;
        var child = Process.Start(start)!;
        // Nobody reads what the child prints, but a full pipe would stop it.
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return child;
    }
}
