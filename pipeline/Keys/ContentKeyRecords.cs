using System.Text.Json;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Keys;

/// <summary>The record blobs of all scopes' content keys; every write is conditional.</summary>
public sealed class ContentKeyRecords
{
    /// <summary>An RSA-4096 wrap and signature in base64 with names stay below 2 KiB.</summary>
    private const int MaxRecordBytes = 8 * 1024;

    private readonly BlobContainerClient _vault;

    public ContentKeyRecords(StorageAccount storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        _vault = storage.Container(StorageLayout.VaultContainer);
    }

    internal static string PathOf(VaultScope scope) => scope.Prefix + "key.json";

    /// <returns>Null when the scope has no content key (yet, or any more).</returns>
    internal async Task<(ContentKeyRecord Record, ETag ETag)?> ReadAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        try
        {
            using var response = (await Blob(scope).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            if (response.Details.ContentLength > MaxRecordBytes) throw VaultFault.Integrity(scope);
            var record = await JsonSerializer.DeserializeAsync(response.Content, KeysJson.Default.ContentKeyRecord, cancellationToken);
            if (record is null || record.KeyName != scope.KeyName || !record.ContentKeyId.StartsWith(scope.KeyName + "/", StringComparison.Ordinal))
                throw VaultFault.Integrity(scope);
            return (record, response.Details.ETag);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
        catch (JsonException)
        {
            throw VaultFault.Integrity(scope);
        }
    }

    /// <returns>False when another writer was first; its record stands.</returns>
    internal Task<bool> InsertAsync(VaultScope scope, ContentKeyRecord record, CancellationToken cancellationToken) =>
        WriteAsync(scope, record, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    /// <returns>False when the record changed meanwhile.</returns>
    internal Task<bool> ReplaceAsync(VaultScope scope, ContentKeyRecord record, ETag etag, CancellationToken cancellationToken) =>
        WriteAsync(scope, record, new BlobRequestConditions { IfMatch = etag }, cancellationToken);

    internal async Task DeleteAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(scope).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    private async Task<bool> WriteAsync(VaultScope scope, ContentKeyRecord record, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(record, KeysJson.Default.ContentKeyRecord));
        try
        {
            await Blob(scope).UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return false;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    private BlobClient Blob(VaultScope scope) => _vault.GetBlobClient(PathOf(scope));
}
