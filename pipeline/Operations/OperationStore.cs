using System.Runtime.CompilerServices;
using System.Text.Json;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Data.Tables;

namespace AIaaS.Pipeline.Operations;

/// <summary>The table of operations. All writes are conditional, so of two workers one wins and the other learns it.</summary>
public sealed class OperationStore(StorageAccount storage)
{
    private const string Partition = "operation";
    private const string RecordColumn = "Record";
    private const string FinishedColumn = "FinishedOn";
    private const string UpdatedColumn = "UpdatedOn";
    private const string FinalColumn = "IsFinal";

    private readonly TableClient _table = storage.Table(StorageLayout.OperationsTable);

    /// <returns>Null when there is no such operation.</returns>
    public async Task<StoredOperation?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, ResourceName.Check(id, "operation"), cancellationToken: cancellationToken);
        return found.HasValue ? FromEntity(found.Value!) : null;
    }

    /// <returns>False when the id is taken.</returns>
    public async Task<bool> TryInsertAsync(OperationRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(ToEntity(record), cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return false;
        }
    }

    /// <returns>The new state; null when somebody else changed the operation meanwhile, or it is gone.</returns>
    public async Task<StoredOperation?> TryReplaceAsync(OperationRecord record, ETag seen, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _table.UpdateEntityAsync(ToEntity(record), seen, TableUpdateMode.Replace, cancellationToken);
            return new StoredOperation(record, response.Headers.ETag ?? throw new InvalidOperationException("The table service answered without an ETag."));
        }
        catch (RequestFailedException exception) when (exception.Status is 412 or 404)
        {
            return null;
        }
    }

    public async Task DeleteAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        try
        {
            await _table.DeleteEntityAsync(Partition, operation.Record.Id, operation.ETag, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 412 or 404)
        {
            // Changed or swept by another: its turn comes again.
        }
    }

    /// <summary>Operations that reached a final state before <paramref name="time"/>.</summary>
    public IAsyncEnumerable<StoredOperation> ListFinishedAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and IsFinal eq true and FinishedOn lt {time}"), cancellationToken);

    /// <summary>Operations that are not final and that nothing has touched since <paramref name="time"/>.</summary>
    public IAsyncEnumerable<StoredOperation> ListStalledAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and IsFinal eq false and UpdatedOn lt {time}"), cancellationToken);

    private async IAsyncEnumerable<StoredOperation> QueryAsync(string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) yield return FromEntity(entity);
    }

    private static TableEntity ToEntity(OperationRecord record)
    {
        var entity = new TableEntity(Partition, record.Id)
        {
            [RecordColumn] = JsonSerializer.Serialize(record, OperationsJson.Default.OperationRecord),
            [FinalColumn] = record.IsFinal,
            [UpdatedColumn] = record.UpdatedOn,
        };
        if (record.FinishedOn is { } finished) entity[FinishedColumn] = finished;
        return entity;
    }

    private static StoredOperation FromEntity(TableEntity entity) => new(
        JsonSerializer.Deserialize(entity.GetString(RecordColumn), OperationsJson.Default.OperationRecord)
            ?? throw new InvalidOperationException("An operation's row holds no record."),
        entity.ETag);
}

/// <param name="Record">What it says.</param>
/// <param name="ETag">To be given back when it is replaced.</param>
public sealed record StoredOperation(OperationRecord Record, ETag ETag);
