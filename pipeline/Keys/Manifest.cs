namespace AIaaS.Pipeline.Keys;

/// <summary>The signed list of what belongs together: every blob of a dataset version, a checkpoint or a model version.</summary>
/// <remarks>
/// Per-region GCM (client-side encryption V2) binds neither order nor length nor identity of blobs; this list does.
/// It is stored as JSON beside its signature (PS256 by the scope's vault key) and verified before any blob is read.
/// </remarks>
/// <param name="Scope">The key name it belongs to, so that a manifest of another scope is refused.</param>
/// <param name="Id">What it lists, unique within the scope: "v/0123456789abcdef" or "jobs/j1/3".</param>
/// <param name="KeyVersion">The vault key's version that signed it and wrapped the content key when it was written.</param>
/// <param name="Blobs">In order.</param>
/// <param name="Properties">Small facts the owner needs before reading (schema, digest, job), as JSON texts by name.</param>
public sealed record Manifest(
    string Scope,
    string Id,
    string KeyVersion,
    IReadOnlyList<ManifestBlob> Blobs,
    IReadOnlyDictionary<string, string> Properties);

/// <param name="Path">Path in the vault container.</param>
/// <param name="Length">Plaintext length in bytes.</param>
/// <param name="Sha256">Of the plaintext, lower-case hex.</param>
/// <param name="KeyVersion">Version of the vault key that protected the content key when the blob was written.</param>
public sealed record ManifestBlob(string Path, long Length, string Sha256, string KeyVersion);
