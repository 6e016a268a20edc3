using System.Security.Cryptography;
using System.Text.Json;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AIaaS.Pipeline.Keys;

/// <summary>Whole blobs through Azure Storage client-side encryption V2: AES-256-GCM in regions of 4 MiB, a fresh key per blob.</summary>
internal sealed class EncryptedBlobs(StorageAccount storage)
{
    private const int RegionBytes = 4 * 1024 * 1024;
    private const int NonceAndTagBytes = 12 + 16;
    private const string EncryptionMetadata = "encryptiondata";

    private readonly BlobContainerClient _vault = storage.Container(StorageLayout.VaultContainer);

    public BlobContainerClient Container => _vault;

    public async Task UploadAsync(string path, ReadOnlyMemory<byte> plaintext, ContentKey key, CancellationToken cancellationToken)
    {
        try
        {
            await Client(path, key).UploadAsync(BinaryData.FromBytes(plaintext), overwrite: true, cancellationToken);
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    /// <param name="scope">For the error's text.</param>
    /// <param name="path">In the vault container.</param>
    /// <param name="length">What the plaintext's length must be; null accepts any up to <paramref name="maxLength"/>.</param>
    /// <param name="maxLength">Bound of the allocation; compared with the blob's real length before anything is allocated.</param>
    /// <param name="key">The scope's content key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Every byte authenticated region by region, none of it yet compared with a manifest; null when there is no such blob.</returns>
    /// <exception cref="PipelineException">IntegrityFailed, StorageUnavailable.</exception>
    public async Task<byte[]?> DownloadAsync(
        VaultScope scope, string path, long? length, long maxLength, ContentKey key, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await _vault.GetBlobClient(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            var plain = PlaintextLength(properties.ContentLength);
            if (plain < 0 || plain > maxLength || (length is { } expected && expected != plain) || !IsOurs(properties.Metadata, key))
                throw VaultFault.Integrity(scope);
            return await DownloadAsync(scope, path, (int)plain, properties.ETag, key, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException exception) when (exception.Status is 412)
        {
            // Written again while it was read; the same content under a new key, or not what the manifest says.
            throw new PipelineException(ProblemCodes.StorageUnavailable, "The blob was being written while it was read. Try again.", innerException: exception);
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    private async Task<byte[]> DownloadAsync(VaultScope scope, string path, int length, ETag etag, ContentKey key, CancellationToken cancellationToken)
    {
        var plaintext = new byte[length];
        try
        {
            var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = etag } };
            using var response = (await Client(path, key).DownloadStreamingAsync(options, cancellationToken)).Value;
            await response.Content.ReadExactlyAsync(plaintext, cancellationToken);
            if (await response.Content.ReadAsync(new byte[1], cancellationToken) == 0) return plaintext;
        }
        catch (Exception exception) when (IsDecryptionFault(exception, cancellationToken))
        {
            // Falls through: one answer for every cause, and without the cause.
        }
        CryptographicOperations.ZeroMemory(plaintext);
        throw VaultFault.Integrity(scope);
    }

    // What the storage and the caller did is not the blob's fault; everything else the decryption throws is.
    private static bool IsDecryptionFault(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException or PipelineException or TimeoutException => false,
        OperationCanceledException => false,
        AggregateException aggregate => aggregate.InnerExceptions.All(inner => IsDecryptionFault(inner, cancellationToken)),
        _ => true,
    };

    // A blob without the metadata, with another protocol or under another key would be handed out as it lies, or its key id followed.
    private static bool IsOurs(IDictionary<string, string> metadata, ContentKey key)
    {
        if (!metadata.TryGetValue(EncryptionMetadata, out var text)) return false;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            return root.GetProperty("EncryptionAgent").GetProperty("Protocol").ValueEquals("2.0")
                && root.GetProperty("WrappedContentKey").GetProperty("KeyId").ValueEquals(key.KeyId)
                && root.GetProperty("WrappedContentKey").GetProperty("Algorithm").ValueEquals(ContentKey.WrapAlgorithm);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Each region carries a nonce and a tag; the last one may be short. Negative when no plaintext has this length.</summary>
    private static long PlaintextLength(long ciphertext)
    {
        var (whole, rest) = Math.DivRem(ciphertext, RegionBytes + NonceAndTagBytes);
        return rest == 0 ? whole * RegionBytes : rest < NonceAndTagBytes ? -1 : (whole * RegionBytes) + rest - NonceAndTagBytes;
    }

    private BlobClient Client(string path, ContentKey key) => _vault.GetBlobClient(path).WithClientSideEncryptionOptions(
        new ClientSideEncryptionOptions(ClientSideEncryptionVersion.V2_0) { KeyEncryptionKey = key, KeyWrapAlgorithm = ContentKey.WrapAlgorithm });
}
