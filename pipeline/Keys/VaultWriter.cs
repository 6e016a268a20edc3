using System.Security.Cryptography;
using System.Text.Json;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Keys;

/// <summary>Writes encrypted blobs of one scope, then the manifest that binds them. Nothing written counts before <see cref="CommitAsync"/>.</summary>
/// <remarks>Thread-safe. The content key is taken from the ring for every call, so a writer stops within a minute of its key being disabled.</remarks>
public sealed class VaultWriter
{
    private readonly EncryptedBlobs _blobs;
    private readonly ContentKeyRing _ring;
    private readonly VaultOperations _vault;

    internal VaultWriter(VaultScope scope, EncryptedBlobs blobs, ContentKeyRing ring, VaultOperations vault)
    {
        Scope = scope;
        _blobs = blobs;
        _ring = ring;
        _vault = vault;
    }

    public VaultScope Scope { get; }

    /// <summary>Encrypts and uploads one blob, replacing what was there: use paths made from the work's inputs, and repeating it is harmless.</summary>
    /// <param name="path">Full path in the vault container, below <see cref="VaultScope.Prefix"/>.</param>
    /// <param name="plaintext">Up to 2 GiB; never leaves the process in the clear.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entry for the manifest.</returns>
    /// <exception cref="PipelineException">InvalidRequest for a path elsewhere; KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable, StorageUnavailable.</exception>
    public async Task<ManifestBlob> WriteAsync(string path, ReadOnlyMemory<byte> plaintext, CancellationToken cancellationToken)
    {
        VaultPath.Check(Scope, path);
        using var key = await _ring.GetAsync(Scope, cancellationToken);
        FaultPoints.Before(FaultPointNames.VaultBlob);
        await _blobs.UploadAsync(path, plaintext, key, cancellationToken);
        FaultPoints.After(FaultPointNames.VaultBlob);
        return new ManifestBlob(path, plaintext.Length, Convert.ToHexStringLower(SHA256.HashData(plaintext.Span)), key.VaultKeyVersion);
    }

    /// <summary>Signs and stores the manifest as one blob; this is what makes the blobs count.</summary>
    /// <param name="id">Unique within the scope and made from the work's inputs: "v/0123456789abcdef", "jobs/j1/3".</param>
    /// <param name="blobs">In the order readers should see.</param>
    /// <param name="properties">Small facts, as JSON texts by name; encrypted with the manifest.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Path of the manifest blob: "{prefix}{id}/manifest.json".</returns>
    /// <exception cref="PipelineException">InvalidRequest for blobs that are not this scope's; KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable, StorageUnavailable.</exception>
    public async Task<string> CommitAsync(
        string id, IReadOnlyList<ManifestBlob> blobs, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        var path = VaultPath.Check(Scope, VaultPath.OfManifest(Scope, id));
        foreach (var blob in blobs) VaultPath.Check(Scope, blob.Path);
        if (blobs.DistinctBy(blob => blob.Path).Count() != blobs.Count || blobs.Any(blob => blob.Path == path))
            throw new PipelineException(ProblemCodes.InvalidRequest, "A manifest lists every blob once, and not itself.");

        using var key = await _ring.GetAsync(Scope, cancellationToken);
        var bytes = SignedManifest.Encode(new Manifest(Scope.KeyName, id, key.VaultKeyVersion, blobs, properties));
        var signature = await _vault.SignAsync(Scope, key.VaultKeyVersion, SignedManifest.SignaturePurpose, bytes, cancellationToken);
        var content = JsonSerializer.SerializeToUtf8Bytes(new SignedManifest(bytes, key.VaultKeyVersion, signature), KeysJson.Default.SignedManifest);
        if (content.Length > SignedManifest.MaxBytes)
            throw new PipelineException(ProblemCodes.PayloadTooLarge, $"A manifest may take {SignedManifest.MaxBytes} bytes; this one takes {content.Length}. Write fewer, larger blobs.");
        FaultPoints.Before(FaultPointNames.Manifest);
        await _blobs.UploadAsync(path, content, key, cancellationToken);
        FaultPoints.After(FaultPointNames.Manifest);
        return path;
    }
}
