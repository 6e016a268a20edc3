using System.Text.Json;

namespace AIaaS.Pipeline.Keys;

/// <summary>The envelope that lies in storage, encrypted like every other blob: the manifest's exact bytes and who signed them.</summary>
/// <param name="Bytes">The manifest as UTF-8 JSON; the signature is over these bytes, so nothing depends on how JSON is written twice.</param>
/// <param name="KeyVersion">The vault key version that signed.</param>
/// <param name="Signature">PS256.</param>
internal sealed record SignedManifest(byte[] Bytes, string KeyVersion, byte[] Signature)
{
    public const string SignaturePurpose = "aiaas manifest v1";

    /// <summary>A million blobs are listed in less; bounds what is parsed before the signature is known to be good.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    public static byte[] Encode(Manifest manifest) => JsonSerializer.SerializeToUtf8Bytes(
        manifest with { Properties = new SortedDictionary<string, string>(manifest.Properties.ToDictionary(), StringComparer.Ordinal) },
        KeysJson.Default.Manifest);

    /// <exception cref="Problems.PipelineException">IntegrityFailed.</exception>
    public static SignedManifest Parse(VaultScope scope, byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, KeysJson.Default.SignedManifest) ?? throw VaultFault.Integrity(scope);
        }
        catch (JsonException)
        {
            throw VaultFault.Integrity(scope);
        }
    }

    /// <summary>Reads the manifest and compares what it says of itself with where it was found. Call after verifying the signature.</summary>
    /// <exception cref="Problems.PipelineException">IntegrityFailed.</exception>
    public Manifest Open(VaultScope scope, string path)
    {
        Manifest? manifest = null;
        try
        {
            manifest = JsonSerializer.Deserialize(Bytes, KeysJson.Default.Manifest);
        }
        catch (JsonException)
        {
            // Falls through.
        }
        return manifest is not null
            && manifest.Scope == scope.KeyName
            && manifest.KeyVersion == KeyVersion
            && VaultPath.OfManifest(scope, manifest.Id) == path
            && manifest.Blobs.All(blob => VaultPath.IsUnder(scope, blob.Path) && blob.Length >= 0)
            ? manifest
            : throw VaultFault.Integrity(scope);
    }
}
