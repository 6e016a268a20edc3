using System.Text.Json;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tracing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Pipeline.Jobs;

/// <summary>The sending side of the queue training-jobs. Message ids are made from the job's state, so the queue drops repetitions.</summary>
public sealed class JobQueue(ServiceBusClient client)
{
    private readonly ServiceBusSender _sender = client.CreateSender(StorageLayout.TrainingQueue);

    /// <exception cref="PipelineException">QueueUnavailable.</exception>
    internal async Task SendAsync(JobRecord job, string messageId, CancellationToken cancellationToken)
    {
        FaultPoints.Before(FaultPointNames.EnqueueJob);
        await GuardAsync(() => _sender.SendMessageAsync(Message(job, messageId), cancellationToken));
        FaultPoints.After(FaultPointNames.EnqueueJob);
    }

    /// <summary>Makes a worker look at the job again later.</summary>
    /// <exception cref="PipelineException">QueueUnavailable.</exception>
    internal Task ScheduleAsync(JobRecord job, string messageId, DateTimeOffset at, CancellationToken cancellationToken) =>
        GuardAsync(() => _sender.ScheduleMessageAsync(Message(job, messageId), at, cancellationToken));

    private static ServiceBusMessage Message(JobRecord job, string messageId)
    {
        var body = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(new JobMessage(job.Id), JobsJson.Default.JobMessage));
        var message = new ServiceBusMessage(body) { MessageId = messageId, ContentType = "application/json", Subject = job.Id };
        MessageTrace.Stamp(message, job.TraceParent);
        return message;
    }

    private static async Task GuardAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (Exception exception) when (exception is ServiceBusException or TimeoutException or Azure.RequestFailedException or UnauthorizedAccessException)
        {
            throw new PipelineException(ProblemCodes.QueueUnavailable, "The queue training-jobs did not take the message. Try again.", innerException: exception);
        }
    }
}
