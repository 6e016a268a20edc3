using AIaaS.Pipeline.Storage;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Cli.Local;

/// <summary>Does on one machine what KEDA does for an event-driven Container Apps job: one execution per message on training-jobs, at most n at once.</summary>
/// <remarks>
/// It only looks (peeks) and never receives: the trainer takes its message with peek-lock, so a trainer that dies gives
/// the message back to the queue, and the loop sees it again. Starting one trainer too many is harmless: it finds no
/// message and ends.
/// </remarks>
public sealed class JobLoop(ServiceBusReceiver queue, int atOnce, Func<CancellationToken, Task> runTrainer, TimeProvider time, Action<string> log)
{
    private const int Looked = 32;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly Dictionary<long, Execution> _executions = [];

    public static ServiceBusReceiver Receiver(ServiceBusClient client) => client.CreateReceiver(StorageLayout.TrainingQueue);

    /// <summary>Until canceled; then waits for the trainers under way, which are canceled too.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(cancellationToken);
                await Task.Delay(Interval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(_executions.Values.Select(execution => execution.Trainer));
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceBusReceivedMessage> messages;
        try
        {
            messages = await queue.PeekMessagesAsync(Looked, fromSequenceNumber: 0, cancellationToken);
        }
        catch (ServiceBusException exception)
        {
            log($"The queue cannot be looked at: {exception.Message}");
            return;
        }
        Forget(messages);
        foreach (var message in messages)
        {
            if (_executions.Values.Count(execution => !execution.Trainer.IsCompleted) >= atOnce) return;
            if (_executions.TryGetValue(message.SequenceNumber, out var before) && !MayStartAgain(before)) continue;
            Start(message.SequenceNumber, before?.Starts ?? 0, cancellationToken);
        }
    }

    // A message that is still there after its trainer ended: it crashed, or the message is locked elsewhere. Each time the wait doubles.
    private bool MayStartAgain(Execution before) => before.Trainer.IsCompleted && time.GetUtcNow() >= before.NotBefore;

    private void Start(long message, int starts, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, starts)));
        var execution = new Execution { Starts = starts + 1 };
        execution.Trainer = RunAsync(execution, pause, cancellationToken);
        _executions[message] = execution;
    }

    private async Task RunAsync(Execution execution, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await runTrainer(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped with the service; the message comes back when its lock ends.
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            log($"A trainer could not be started: {exception.Message}");
        }
        execution.NotBefore = time.GetUtcNow() + pause;
    }

    /// <summary>What has left the queue and has no trainer is done with.</summary>
    private void Forget(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        var present = messages.Select(message => message.SequenceNumber).ToHashSet();
        foreach (var (message, execution) in _executions.ToArray())
        {
            // One that only locked elsewhere comes back; remembering it for a while keeps its growing pause.
            if (!present.Contains(message) && execution.Trainer.IsCompleted && time.GetUtcNow() > execution.NotBefore + LongestPause) _executions.Remove(message);
        }
    }

    private sealed class Execution
    {
        public Task Trainer { get; set; } = Task.CompletedTask;

        public int Starts { get; init; }

        public DateTimeOffset NotBefore { get; set; }
    }
}
