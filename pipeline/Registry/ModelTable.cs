using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Data.Tables;

namespace AIaaS.Pipeline.Registry;

/// <summary>The table of models: a partition per model with its head, one row per version and one per origin.</summary>
internal sealed class ModelTable(StorageAccount storage)
{
    private const string HeadKey = "head";
    private const string VersionPrefix = "version:";
    private const string OriginPrefix = "origin:";
    private const string Json = "Record";
    private const string DeletedColumn = "Deleted";
    private const string VersionColumn = "Version";

    private readonly TableClient _table = storage.Table(StorageLayout.ModelsTable);

    public async Task<(ModelHead Head, ETag ETag)?> HeadAsync(string model, CancellationToken cancellationToken) =>
        await RowAsync(model, HeadKey, cancellationToken) is { } row ? (Parse(row, RegistryJson.Default.ModelHead), row.ETag) : null;

    public async Task<(ModelVersion Version, bool Deleted, ETag ETag)?> VersionAsync(string model, int version, CancellationToken cancellationToken) =>
        await RowAsync(model, VersionKey(version), cancellationToken) is { } row
            ? (Parse(row, RegistryJson.Default.ModelVersion), row.GetBoolean(DeletedColumn) == true, row.ETag)
            : null;

    public async Task<(int Version, ETag ETag)?> OriginAsync(string model, string origin, CancellationToken cancellationToken) =>
        await RowAsync(model, OriginKey(origin), cancellationToken) is { } row ? (row.GetInt32(VersionColumn) ?? 0, row.ETag) : null;

    /// <summary>Heads and versions of one model, or of all; deleted versions left out, heads of deleted models kept.</summary>
    public async IAsyncEnumerable<(string Model, ModelHead? Head, ModelVersion? Version)> RowsAsync(
        string? model, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in EntitiesAsync(model, cancellationToken))
        {
            if (row.RowKey == HeadKey) yield return (row.PartitionKey, Parse(row, RegistryJson.Default.ModelHead), null);
            else if (row.RowKey.StartsWith(VersionPrefix, StringComparison.Ordinal) && row.GetBoolean(DeletedColumn) != true)
                yield return (row.PartitionKey, null, Parse(row, RegistryJson.Default.ModelVersion));
        }
    }

    /// <summary>All or nothing, and only if the head is as it was read.</summary>
    /// <returns>False when something changed meanwhile.</returns>
    public async Task<bool> TryWriteAsync(string model, ModelHead head, ETag? etag, IEnumerable<TableTransactionAction> others, CancellationToken cancellationToken)
    {
        var row = new TableEntity(model, HeadKey) { [Json] = JsonSerializer.Serialize(head, RegistryJson.Default.ModelHead) };
        var write = etag is { } known
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, known)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
        try
        {
            await _table.SubmitTransactionAsync([write, .. others], cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412 or 404)
        {
            return false;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    public static TableTransactionAction Add(ModelVersion version) => new(TableTransactionActionType.Add, VersionRow(version, deleted: false));

    public static TableTransactionAction MarkDeleted(ModelVersion version, ETag etag) =>
        new(TableTransactionActionType.UpdateReplace, VersionRow(version, deleted: true), etag);

    public static TableTransactionAction SetOrigin(string model, string origin, int version, ETag? etag)
    {
        var row = new TableEntity(model, OriginKey(origin)) { [VersionColumn] = version, ["Origin"] = origin };
        return etag is { } known ? new(TableTransactionActionType.UpdateReplace, row, known) : new(TableTransactionActionType.Add, row);
    }

    /// <summary>Removes every row of a model but its head.</summary>
    public async Task DeleteRowsAsync(string model, CancellationToken cancellationToken)
    {
        await foreach (var row in EntitiesAsync(model, cancellationToken))
        {
            if (row.RowKey == HeadKey) continue;
            try
            {
                await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status != 404)
            {
                throw VaultFault.OfStorage(exception);
            }
        }
    }

    private async IAsyncEnumerable<TableEntity> EntitiesAsync(
        string? model, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = model is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {model}");
        await using var rows = _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await rows.MoveNextAsync()) yield break;
            }
            catch (RequestFailedException exception)
            {
                throw VaultFault.OfStorage(exception);
            }
            yield return rows.Current;
        }
    }

    private async Task<TableEntity?> RowAsync(string model, string key, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(model, key, cancellationToken: cancellationToken);
            return found.HasValue ? found.Value : null;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    private static TableEntity VersionRow(ModelVersion version, bool deleted) => new(version.Model, VersionKey(version.Version))
    {
        [Json] = JsonSerializer.Serialize(version, RegistryJson.Default.ModelVersion),
        [DeletedColumn] = deleted,
    };

    private static T Parse<T>(TableEntity row, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            if (row.GetString(Json) is { } json && JsonSerializer.Deserialize(json, type) is { } value) return value;
        }
        catch (JsonException)
        {
            // Falls through.
        }
        throw new PipelineException(ProblemCodes.IntegrityFailed,
            $"The row '{row.PartitionKey}'/'{row.RowKey}' of the table models is damaged. Restore it from a backup.");
    }

    private static string VersionKey(int version) => string.Create(CultureInfo.InvariantCulture, $"{VersionPrefix}{version:D10}");

    // Origins are names of others' making; a digest is always a valid key.
    private static string OriginKey(string origin) => OriginPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
}
