using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// What one function has done, kept in storage: a small blob for each version of each blob it was run for. The
/// receipt's lease keeps other processes away while the function runs; its metadata count the attempts, so that
/// neither a restart nor a crash forgets them.
/// </summary>
internal sealed class BlobReceipts(BlobContainerClient hosts, string hostId, string function, string container)
{
    private readonly string _prefix = $"blobreceipts/{hostId}/{function}/{container}/";

    /// <summary>The versions this function is done with.</summary>
    public async IAsyncEnumerable<BlobVersion> DoneAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = _prefix, Traits = BlobTraits.Metadata };
        await foreach (var item in hosts.GetBlobsAsync(options, cancellationToken))
        {
            if (BlobReceipt.Version(item.Metadata) is { } version && BlobReceipt.IsDone(item.Metadata)) yield return version;
        }
    }

    /// <returns>The receipt, held by this process alone until it is disposed; null when another process holds it.</returns>
    public async Task<BlobReceipt?> TryTakeAsync(BlobVersion version, CancellationToken cancellationToken)
    {
        var blob = Blob(version);
        try
        {
            var create = new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                Metadata = BlobReceipt.New(version),
            };
            await blob.UploadAsync(BinaryData.Empty, create, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // It is there already: made by an earlier attempt or by another process.
        }
        var lease = await HeldLease.TryAcquireAsync(blob, cancellationToken);
        if (lease is null) return null;
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return new BlobReceipt(blob, lease, properties.Metadata);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forgets a version that is no longer in the container; it can never be listed again.</summary>
    public async Task ForgetAsync(BlobVersion version, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(version).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Another process holds it, and will forget it.
        }
    }

    /// <summary>A digest, because a blob's name alone may fill the length that storage allows.</summary>
    private BlobClient Blob(BlobVersion version) =>
        hosts.GetBlobClient(_prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{version.ETag}\n{version.Name}"))));
}
