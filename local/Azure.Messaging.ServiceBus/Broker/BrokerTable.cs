using Azure.Data.Tables;

namespace Azure.Messaging.ServiceBus;

/// <summary>The broker's table, made when first used; what a caller does not expect comes out as a <see cref="ServiceBusException"/>.</summary>
internal sealed class BrokerTable(TableClient client)
{
    private volatile bool _exists;

    /// <returns>The row's ETag, or null if there is a row with that key already.</returns>
    public Task<ETag?> AddAsync(ITableEntity row, CancellationToken cancellationToken) =>
        CallAsync(
            async token =>
            {
                try
                {
                    return (await client.AddEntityAsync(row, token)).Headers.ETag;
                }
                catch (RequestFailedException conflict) when (conflict.Status == 409)
                {
                    return (ETag?)null;
                }
            },
            cancellationToken);

    public Task<T?> FindAsync<T>(string partition, string key, CancellationToken cancellationToken) where T : class, ITableEntity =>
        CallAsync(
            async token => await client.GetEntityIfExistsAsync<T>(partition, key, cancellationToken: token) is { HasValue: true, Value: var row } ? row : null,
            cancellationToken);

    /// <returns>False if the row is no longer what was read.</returns>
    public Task<bool> ReplaceAsync(ITableEntity row, ETag etag, CancellationToken cancellationToken) =>
        ChangeAsync(token => client.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, token), cancellationToken);

    /// <returns>False if the row is gone or no longer what was read.</returns>
    public Task<bool> DeleteAsync(string partition, string key, ETag etag, CancellationToken cancellationToken) =>
        ChangeAsync(token => client.DeleteEntityAsync(partition, key, etag, token), cancellationToken);

    /// <summary>Up to 100 rows of the partition whose <c>ExpiresAt</c> is past.</summary>
    public Task<List<TableEntity>> ExpiredAsync(string partition, DateTimeOffset now, CancellationToken cancellationToken) =>
        CallAsync(
            async token =>
            {
                var rows = new List<TableEntity>();
                var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and ExpiresAt lt {now}");
                await foreach (var row in client.QueryAsync<TableEntity>(filter, maxPerPage: 100, ["PartitionKey", "RowKey"], token))
                {
                    rows.Add(row);
                    if (rows.Count == 100)
                        break;
                }
                return rows;
            },
            cancellationToken);

    /// <returns>False if a row changed meanwhile; then none was deleted.</returns>
    public Task<bool> DeleteAllAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken) =>
        ChangeAsync(
            token => client.SubmitTransactionAsync(rows.Select(static row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), token),
            cancellationToken);

    private Task<bool> ChangeAsync(Func<CancellationToken, Task> change, CancellationToken cancellationToken) =>
        CallAsync(
            async token =>
            {
                try
                {
                    await change(token);
                    return true;
                }
                catch (RequestFailedException refused) when (refused.Status is 412 || refused.ErrorCode is "ResourceNotFound" or "EntityNotFound")
                {
                    return false;
                }
            },
            cancellationToken);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            if (!_exists)
                await CreateAsync(cancellationToken);
            try
            {
                return await call(cancellationToken);
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == "TableNotFound")
            {
                await CreateAsync(cancellationToken);
                return await call(cancellationToken);
            }
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException)
        {
            throw StorageFault.Translate(failure, client.Name, ServiceBusFailureReason.GeneralError);
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await client.CreateIfNotExistsAsync(cancellationToken);
        _exists = true;
    }
}
