using System.Runtime.CompilerServices;
using System.Text.Json;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Data.Tables;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>The table of evaluation keys: a partition per caller with a row per set, and one row that every addition writes, so that additions exclude each other.</summary>
internal sealed class EvaluationKeyTable(StorageAccount storage)
{
    private const string QuotaKey = "quota";
    private const string SetPrefix = "set:";
    private const string Json = "Record";
    private const string ExpiresColumn = "ExpiresOn";
    private const int MaxRounds = 50;

    private readonly TableClient _table = storage.Table(StorageLayout.EvaluationKeysTable);

    public async Task<EvaluationKeyRow?> FindAsync(string caller, string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(caller, SetPrefix + id, cancellationToken: cancellationToken);
        return found.HasValue ? Row(found.Value!) : null;
    }

    public IAsyncEnumerable<EvaluationKeyRow> ListAsync(string caller, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {caller}"), cancellationToken);

    public IAsyncEnumerable<EvaluationKeyRow> ListExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"ExpiresOn lt {now}"), cancellationToken);

    /// <summary>Adds a row when the caller's others leave room for it.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="set">Its size counts as announced.</param>
    /// <param name="check">Throws when the caller's other sets leave no room.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is such a row already.</returns>
    public async Task<bool> TryAddAsync(string caller, EvaluationKeySet set, Action<IReadOnlyList<EvaluationKeySet>> check, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var quota = await _table.GetEntityIfExistsAsync<TableEntity>(caller, QuotaKey, cancellationToken: cancellationToken);
            var others = await ListAsync(caller, cancellationToken).Select(row => row.Set).ToListAsync(cancellationToken);
            if (others.Any(other => other.Id == set.Id)) return false;
            check(others);
            var turn = new TableEntity(caller, QuotaKey);
            try
            {
                await _table.SubmitTransactionAsync(
                [
                    quota.HasValue
                        ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, turn, quota.Value!.ETag)
                        : new TableTransactionAction(TableTransactionActionType.Add, turn),
                    new TableTransactionAction(TableTransactionActionType.Add, Entity(caller, set)),
                ], cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412)
            {
                // Another addition of the same caller was first: what it left is looked at again.
            }
        }
        throw new PipelineException(ProblemCodes.PreconditionFailed, "Too many sets of evaluation keys are being added at the same time. Try again.");
    }

    /// <returns>Null when the row changed or went meanwhile.</returns>
    public async Task<EvaluationKeyRow?> TryReplaceAsync(EvaluationKeyRow row, EvaluationKeySet set, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _table.UpdateEntityAsync(Entity(row.Caller, set), row.ETag, TableUpdateMode.Replace, cancellationToken);
            return row with { Set = set, ETag = response.Headers.ETag ?? throw new InvalidOperationException("The table service answered without an ETag.") };
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <returns>False when it is gone already.</returns>
    public async Task<bool> DeleteAsync(EvaluationKeyRow row, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(row.Caller, SetPrefix + row.Set.Id, ETag.All, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<EvaluationKeyRow> QueryAsync(string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            if (entity.RowKey.StartsWith(SetPrefix, StringComparison.Ordinal)) yield return Row(entity);
    }

    private static TableEntity Entity(string caller, EvaluationKeySet set) => new(caller, SetPrefix + set.Id)
    {
        [Json] = JsonSerializer.Serialize(set with { Received = null }, EvaluationKeysJson.Default.EvaluationKeySet),
        [ExpiresColumn] = set.ExpiresOn,
    };

    private static EvaluationKeyRow Row(TableEntity entity) => new(
        entity.PartitionKey,
        JsonSerializer.Deserialize(entity.GetString(Json), EvaluationKeysJson.Default.EvaluationKeySet) ?? throw new InvalidOperationException("A row of evaluation keys holds no record."),
        entity.ETag);
}

/// <param name="Caller">Whose.</param>
/// <param name="Set">Without the received parts, which only the blob knows.</param>
/// <param name="ETag">As read.</param>
internal sealed record EvaluationKeyRow(string Caller, EvaluationKeySet Set, ETag ETag);
