using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tracing;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace AIaaS.Training.Jobs;

/// <summary>Receives one message from training-jobs, does its work and settles it: what one execution of the container job is for.</summary>
internal sealed partial class JobWorker(ServiceBusClient client, JobStore jobs, JobRunner runner, TimeProvider time, ILogger<JobWorker> logger)
{
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(5);

    /// <returns>False when there was no message.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken stopping)
    {
        await using var receiver = client.CreateReceiver(StorageLayout.TrainingQueue);
        ServiceBusReceivedMessage? message;
        try
        {
            message = await receiver.ReceiveMessageAsync(ReceiveWait, stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        if (message is null) return false;

        using var trace = MessageTrace.Continue(message, "training-job");
        try
        {
            await WorkAsync(receiver, message, stopping);
        }
        catch (PipelineException problem) when (problem.Code == ProblemCodes.InvalidRequest)
        {
            await receiver.DeadLetterMessageAsync(message, "MessageInvalid", problem.Message, CancellationToken.None);
            return true;
        }
        catch
        {
            await AbandonAsync(receiver, message);
            throw;
        }
        FaultPoints.Before(FaultPointNames.Settle);
        await receiver.CompleteMessageAsync(message, CancellationToken.None);
        FaultPoints.After(FaultPointNames.Settle);
        return true;
    }

    private async Task WorkAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, CancellationToken stopping)
    {
        var job = JobMessage.Parse(message.Body);
        using var done = new CancellationTokenSource();
        var renewal = RenewAsync(receiver, message, done.Token);
        try
        {
            if (await jobs.ClaimAsync(job.JobId, stopping) is { } lease) await runner.RunAsync(lease, stopping);
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
        }
    }

    /// <summary>Keeps the message this worker's. Should that fail, the job's own lease still keeps others away from the job.</summary>
    private async Task RenewAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay((message.LockedUntil - time.GetUtcNow()) / 3 is var third && third > TimeSpan.Zero ? third : TimeSpan.FromSeconds(1), time, done);
                await receiver.RenewMessageLockAsync(message, done);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
        catch (ServiceBusException exception)
        {
            LogNotRenewed(logger, message.MessageId, exception);
        }
    }

    private async Task AbandonAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message)
    {
        try
        {
            await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
        }
        catch (ServiceBusException exception)
        {
            // Its lock ends by itself.
            LogNotAbandoned(logger, message.MessageId, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lock of message {Message} could not be renewed.")]
    private static partial void LogNotRenewed(ILogger logger, string message, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} could not be given back; its lock will end by itself.")]
    private static partial void LogNotAbandoned(ILogger logger, string message, Exception exception);
}
