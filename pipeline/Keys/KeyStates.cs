using System.Text.Json;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Keys;

/// <summary>The state blobs of all scopes' vault keys; every write is conditional.</summary>
public sealed class KeyStates
{
    private const int MaxStateBytes = 4 * 1024;

    /// <summary>Each round somebody else wrote; more than this many at the same time are no accident.</summary>
    private const int MaxRounds = 50;

    private readonly BlobContainerClient _vault;

    public KeyStates(StorageAccount storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        _vault = storage.Container(StorageLayout.VaultContainer);
    }

    internal static string PathOf(VaultScope scope) => scope.Prefix + "key-state.json";

    /// <returns>Null when nothing has been decided about the key yet.</returns>
    internal async Task<(KeyState State, ETag ETag)?> ReadAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        try
        {
            using var response = (await Blob(scope).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            if (response.Details.ContentLength > MaxStateBytes) throw VaultFault.Integrity(scope);
            return (await JsonSerializer.DeserializeAsync(response.Content, KeysJson.Default.KeyState, cancellationToken) ?? throw VaultFault.Integrity(scope), response.Details.ETag);
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

    internal async Task<bool> IsDisabledAsync(VaultScope scope, CancellationToken cancellationToken) =>
        await ReadAsync(scope, cancellationToken) is { State.Disabled: true };

    /// <param name="scope">Whose state.</param>
    /// <param name="state">The new one.</param>
    /// <param name="before">The one it replaces; null when there must be none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when another writer was first.</returns>
    internal async Task<bool> TryWriteAsync(VaultScope scope, KeyState state, ETag? before, CancellationToken cancellationToken)
    {
        var conditions = before is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(state, KeysJson.Default.KeyState));
            await Blob(scope).UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return false;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    internal async Task SetDisabledAsync(VaultScope scope, bool disabled, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var found = await ReadAsync(scope, cancellationToken);
            var state = found?.State ?? new KeyState(Claimer: null, ClaimedOn: null, Disabled: false);
            if (state.Disabled == disabled || await TryWriteAsync(scope, state with { Disabled = disabled }, found?.ETag, cancellationToken)) return;
        }
        throw VaultFault.Contended(scope);
    }

    /// <summary>Takes a claim back that led to nothing, so that the next need not wait for its end.</summary>
    internal async Task ReleaseAsync(VaultScope scope, string claimer, CancellationToken cancellationToken)
    {
        if (await ReadAsync(scope, cancellationToken) is var (state, etag) && state.Claimer == claimer)
            await TryWriteAsync(scope, state with { Claimer = null, ClaimedOn = null }, etag, cancellationToken);
    }

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

    private BlobClient Blob(VaultScope scope) => _vault.GetBlobClient(PathOf(scope));
}
