using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Pipeline.Tests.Jobs;

/// <summary>Tests that look at all jobs or all messages run alone and begin with none.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class JobsTable
{
    public const string Name = "all jobs";

    internal static async Task ClearAsync(PipelineHost host)
    {
        var table = host.Storage.Table(StorageLayout.JobsTable);
        await foreach (var row in table.QueryAsync<TableEntity>()) await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
        await ReceiveAllAsync(host);
    }

    /// <summary>Takes what can be received now, and completes it.</summary>
    internal static async Task<IReadOnlyList<string>> ReceiveAllAsync(PipelineHost host)
    {
        await using var receiver = host.Get<ServiceBusClient>().CreateReceiver(StorageLayout.TrainingQueue);
        var ids = new List<string>();
        while (await receiver.ReceiveMessagesAsync(32, TimeSpan.FromMilliseconds(500)) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                ids.Add(Pipeline.Jobs.JobMessage.Parse(message.Body).JobId);
                await receiver.CompleteMessageAsync(message);
            }
        }
        return ids;
    }
}
