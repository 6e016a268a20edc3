using System.Runtime.CompilerServices;
using System.Text.Json;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Data.Tables;

namespace AIaaS.Pipeline.Datasets;

/// <summary>A dataset's row with what only ingestion needs.</summary>
/// <param name="Record">What others see.</param>
/// <param name="Drop">Version of the drop last looked at; null before the first.</param>
/// <param name="Taken">Marks of the files in the committed version: found in the drop zone, they are left over from a crash.</param>
/// <param name="ETag">Null for a row that is not stored yet.</param>
internal sealed record DatasetRow(DatasetRecord Record, string? Drop, IReadOnlySet<string> Taken, ETag? ETag);

/// <summary>The table of datasets. Every write is conditional on the row not having changed.</summary>
internal sealed class DatasetLedger(StorageAccount storage)
{
    private const string Partition = "datasets";
    private const string RecordProperty = "Record";
    private const string DropProperty = "Drop";
    private const string TakenProperty = "Taken";
    private const int MarkLength = 16;

    private readonly TableClient _table = storage.Table(StorageLayout.DatasetsTable);

    public async Task<DatasetRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, name, cancellationToken: cancellationToken);
        return found.HasValue ? Row(found.Value!) : null;
    }

    public async IAsyncEnumerable<DatasetRow> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in _table.QueryAsync<TableEntity>(entity => entity.PartitionKey == Partition, cancellationToken: cancellationToken))
            yield return Row(entity);
    }

    /// <summary>Inserts or replaces, on condition of <see cref="DatasetRow.ETag"/>.</summary>
    /// <returns>The row as stored; null when another writer was first.</returns>
    public async Task<DatasetRow?> TryWriteAsync(DatasetRow row, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(Partition, row.Record.Name)
        {
            [RecordProperty] = JsonSerializer.Serialize(row.Record, DatasetJson.Default.DatasetRecord),
            [DropProperty] = row.Drop,
            [TakenProperty] = string.Concat(row.Taken.Order(StringComparer.Ordinal)),
        };
        try
        {
            FaultPoints.Before(FaultPointNames.DatasetRow);
            var response = row.ETag is { } eTag
                ? await _table.UpdateEntityAsync(entity, eTag, TableUpdateMode.Replace, cancellationToken)
                : await _table.AddEntityAsync(entity, cancellationToken);
            FaultPoints.After(FaultPointNames.DatasetRow);
            return row with { ETag = response.Headers.ETag };
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Partition, name, ETag.All, cancellationToken);

    /// <returns>False when the row changed meanwhile.</returns>
    public async Task<bool> TryDeleteAsync(DatasetRow row, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(Partition, row.Record.Name, row.ETag ?? default, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return false;
        }
    }

    private static DatasetRow Row(TableEntity entity)
    {
        var record = JsonSerializer.Deserialize(entity.GetString(RecordProperty), DatasetJson.Default.DatasetRecord)
            ?? throw new PipelineException(ProblemCodes.Internal, "A row of the datasets table cannot be read.");
        var taken = entity.GetString(TakenProperty) ?? "";
        var marks = Enumerable.Range(0, taken.Length / MarkLength).Select(i => taken.Substring(i * MarkLength, MarkLength));
        return new DatasetRow(record, entity.GetString(DropProperty), marks.ToHashSet(StringComparer.Ordinal), entity.ETag);
    }
}
