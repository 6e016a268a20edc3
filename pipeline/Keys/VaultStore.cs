using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Keys;

/// <summary>The one way in and out of the vault container: encrypted blobs, bound together by signed manifests.</summary>
public sealed class VaultStore(StorageAccount storage, ContentKeyRing ring, VaultOperations vault)
{
    private readonly EncryptedBlobs _blobs = new(storage);

    /// <summary>Makes the scope's keys at its first use.</summary>
    /// <exception cref="PipelineException">KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable, IntegrityFailed, StorageUnavailable.</exception>
    public async Task<VaultWriter> OpenWriterAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        using var key = await ring.GetOrCreateAsync(scope, cancellationToken);
        return new VaultWriter(scope, _blobs, ring, vault);
    }

    /// <summary>Opens what a manifest lists; its signature, scope and place are verified first.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="manifestBlob">As <see cref="VaultWriter.CommitAsync"/> returned it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PipelineException">As for writers; IntegrityFailed also when there is no such manifest.</exception>
    public async Task<VaultReader> OpenReaderAsync(VaultScope scope, string manifestBlob, CancellationToken cancellationToken) =>
        await TryOpenReaderAsync(scope, manifestBlob, cancellationToken) ?? throw VaultFault.Integrity(scope);

    /// <summary>As <see cref="OpenReaderAsync"/>, for manifests that need not be there (a checkpoint, say).</summary>
    /// <returns>Null when there is no such manifest.</returns>
    public async Task<VaultReader?> TryOpenReaderAsync(VaultScope scope, string manifestBlob, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (VaultPath.IdOfManifest(scope, manifestBlob) is null) throw VaultFault.Integrity(scope);
        using var key = await ring.GetAsync(scope, cancellationToken);
        var content = await _blobs.DownloadAsync(scope, manifestBlob, length: null, SignedManifest.MaxBytes, key, cancellationToken);
        if (content is null) return null;

        var signed = SignedManifest.Parse(scope, content);
        if (!await vault.VerifyAsync(scope, signed.KeyVersion, SignedManifest.SignaturePurpose, signed.Bytes, signed.Signature, cancellationToken))
            throw VaultFault.Integrity(scope);
        return new VaultReader(scope, signed.Open(scope, manifestBlob), _blobs, ring);
    }

    /// <summary>Paths of the manifests whose id begins with <paramref name="idPrefix"/>, in ordinal order. Only names: nothing is verified.</summary>
    public async Task<IReadOnlyList<string>> ListManifestsAsync(VaultScope scope, string idPrefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var found = new List<string>();
        await foreach (var path in ListAsync(scope.Prefix + idPrefix, cancellationToken))
        {
            if (VaultPath.IdOfManifest(scope, path) is not null) found.Add(path);
        }
        return found;
    }

    /// <summary>Deletes every blob whose path begins with <paramref name="prefix"/>, manifests first so that none is left naming what is gone.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="prefix">At or below the scope's own prefix, ending in '/'.</param>
    /// <param name="cancellationToken">Ends the call; what is deleted stays deleted, and the call can be repeated.</param>
    public async Task DeletePrefixAsync(VaultScope scope, string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix != scope.Prefix && !(prefix.EndsWith('/') && VaultPath.IsUnder(scope, prefix[..^1])))
            throw new PipelineException(ProblemCodes.InvalidRequest, $"Only what lies under '{scope.Prefix}' can be deleted here.");
        var rest = new List<string>();
        await foreach (var path in ListAsync(prefix, cancellationToken))
        {
            if (path.EndsWith("/" + VaultPath.ManifestName, StringComparison.Ordinal)) await DeleteAsync(path, cancellationToken);
            else rest.Add(path);
        }
        foreach (var path in rest) await DeleteAsync(path, cancellationToken);
    }

    private async IAsyncEnumerable<string> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = _blobs.Container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (pages)
        {
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync()) yield break;
                }
                catch (RequestFailedException exception)
                {
                    throw VaultFault.OfStorage(exception);
                }
                yield return pages.Current.Name;
            }
        }
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await _blobs.Container.DeleteBlobIfExistsAsync(path, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }
}
