using System.Text;

namespace AIaaS.Pipeline.Keys;

/// <summary>A scope's content key as it lies in storage: wrapped by the vault key, in the blob "{prefix}key.json".</summary>
/// <remarks>
/// Wrapping needs only the public part of the vault key, so anyone who knows that part could put a content key of their own
/// in the place of ours. The signature, which needs the vault, rules that out.
/// </remarks>
/// <param name="KeyName">The vault key: "dataset-digits".</param>
/// <param name="KeyVersion">The version that wrapped and signed.</param>
/// <param name="ContentKeyId">"{KeyName}/{16 hex digits}": the key id in the encryption metadata of every blob of the scope. Rotation keeps it.</param>
/// <param name="Algorithm">Always "RSA-OAEP-256".</param>
/// <param name="Wrapped">The wrapped 256-bit key.</param>
/// <param name="Signature">PS256 over all the above.</param>
internal sealed record ContentKeyRecord(
    string KeyName, string KeyVersion, string ContentKeyId, string Algorithm, byte[] Wrapped, byte[] Signature)
{
    public byte[] SignedBytes() =>
        Encoding.UTF8.GetBytes(string.Join('\n', KeyName, KeyVersion, ContentKeyId, Algorithm, Convert.ToBase64String(Wrapped)));
}
