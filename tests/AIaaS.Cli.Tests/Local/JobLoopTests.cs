using AIaaS.Cli.Local;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Cli.Tests.Local;

/// <summary>Against a real queue. The trainers are tasks here: what a trainer does with its message is the training room's business.</summary>
public sealed class JobLoopTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RunAsync_MoreMessagesThanAllowed_NeverRunsMoreAtOnce(int atOnce)
    {
        await using var queue = await TestQueue.CreateAsync(azurite, messages: 4);
        using var stopping = new CancellationTokenSource();
        var (running, most, done) = (0, 0, 0);
        var allDone = new TaskCompletionSource();
        async Task Train(CancellationToken cancellationToken)
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await using var receiver = queue.Client.CreateReceiver(queue.Name);
            var message = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(5), cancellationToken);
            if (message is not null)
            {
                await receiver.CompleteMessageAsync(message, cancellationToken);
                if (Interlocked.Increment(ref done) == 4) allDone.SetResult();
            }
            Interlocked.Decrement(ref running);
        }

        var loop = new JobLoop(queue.Client.CreateReceiver(queue.Name), atOnce, Train, TimeProvider.System, static _ => { }).RunAsync(stopping.Token);
        await allDone.Task.WaitAsync(Bound);
        await stopping.CancelAsync();
        await loop;

        most.ShouldBeInRange(1, atOnce);
    }

    [Fact]
    public async Task RunAsync_TwoAllowed_RunsTwoAtTheSameTime()
    {
        await using var queue = await TestQueue.CreateAsync(azurite, messages: 2);
        using var stopping = new CancellationTokenSource();
        var running = 0;
        var bothRun = new TaskCompletionSource();
        async Task Train(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref running) == 2) bothRun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var loop = new JobLoop(queue.Client.CreateReceiver(queue.Name), 2, Train, TimeProvider.System, static _ => { }).RunAsync(stopping.Token);
        await bothRun.Task.WaitAsync(Bound);
        await stopping.CancelAsync();

        await loop.WaitAsync(Bound);
    }

    [Fact]
    public async Task RunAsync_TrainerDiesWithoutTakingItsMessage_StartsAnother()
    {
        await using var queue = await TestQueue.CreateAsync(azurite, messages: 1);
        using var stopping = new CancellationTokenSource();
        var starts = 0;
        var second = new TaskCompletionSource();
        Task Train(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref starts) == 2) second.TrySetResult();
            return Task.CompletedTask;
        }

        var loop = new JobLoop(queue.Client.CreateReceiver(queue.Name), 1, Train, TimeProvider.System, static _ => { }).RunAsync(stopping.Token);
        await second.Task.WaitAsync(Bound);
        await stopping.CancelAsync();

        await loop.WaitAsync(Bound);
    }

    [Fact]
    public async Task RunAsync_TrainerCannotStart_SaysSoAndGoesOn()
    {
        await using var queue = await TestQueue.CreateAsync(azurite, messages: 1);
        using var stopping = new CancellationTokenSource();
        var said = new TaskCompletionSource<string>();

        var loop = new JobLoop(
            queue.Client.CreateReceiver(queue.Name), 1, static _ => throw new InvalidOperationException("no such program"), TimeProvider.System, line => said.TrySetResult(line)).RunAsync(stopping.Token);

        (await said.Task.WaitAsync(Bound)).ShouldContain("no such program");
        loop.IsCompleted.ShouldBeFalse();
        await stopping.CancelAsync();
        await loop.WaitAsync(Bound);
    }

    private sealed record TestQueue(ServiceBusClient Client, string Name) : IAsyncDisposable
    {
        public static async Task<TestQueue> CreateAsync(AzuriteFixture azurite, int messages)
        {
            var queue = new TestQueue(new ServiceBusClient(azurite.ConnectionString), $"{StorageLayout.TrainingQueue}-{Guid.NewGuid():N}"[..40]);
            await using var sender = queue.Client.CreateSender(queue.Name);
            for (var i = 0; i < messages; i++) await sender.SendMessageAsync(new ServiceBusMessage($"{{\"jobId\":\"j{i}\"}}") { MessageId = $"j{i}" });
            return queue;
        }

        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
