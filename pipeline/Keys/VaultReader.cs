using System.Security.Cryptography;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Keys;

/// <summary>Reads the blobs of one verified manifest. Thread-safe.</summary>
/// <remarks>The content key is taken from the ring for every blob, so a reader stops within a minute of its key being disabled.</remarks>
public sealed class VaultReader
{
    private readonly VaultScope _scope;
    private readonly EncryptedBlobs _blobs;
    private readonly ContentKeyRing _ring;
    private readonly HashSet<ManifestBlob> _listed;

    internal VaultReader(VaultScope scope, Manifest manifest, EncryptedBlobs blobs, ContentKeyRing ring)
    {
        _scope = scope;
        Manifest = manifest;
        _blobs = blobs;
        _ring = ring;
        _listed = [.. manifest.Blobs];
    }

    public Manifest Manifest { get; }

    /// <param name="name">Last part of the path: "model.onnx".</param>
    /// <exception cref="PipelineException">IntegrityFailed when the manifest lists none or several of that name.</exception>
    public ManifestBlob Find(string name)
    {
        var found = Manifest.Blobs.Where(blob => blob.Path.EndsWith("/" + name, StringComparison.Ordinal)).Take(2).ToList();
        return found is [var only] ? only : throw VaultFault.Integrity(_scope);
    }

    /// <param name="blob">One of <see cref="Manifest"/>'s blobs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The plaintext; its length and SHA-256 are those the manifest says. Allocates the manifest's length, after the stored blob's was seen to fit.</returns>
    /// <exception cref="PipelineException">IntegrityFailed whatever is wrong with the stored bytes; KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable, StorageUnavailable.</exception>
    public async Task<byte[]> ReadAsync(ManifestBlob blob, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blob);
        if (!_listed.Contains(blob))
            throw new PipelineException(ProblemCodes.InvalidRequest, "Only blobs that the manifest lists can be read with it.");
        using var key = await _ring.GetAsync(_scope, cancellationToken);
        var plaintext = await _blobs.DownloadAsync(_scope, blob.Path, blob.Length, Array.MaxLength, key, cancellationToken)
            ?? throw VaultFault.Integrity(_scope);
        if (Convert.ToHexStringLower(SHA256.HashData(plaintext)) == blob.Sha256) return plaintext;
        CryptographicOperations.ZeroMemory(plaintext);
        throw VaultFault.Integrity(_scope);
    }
}
