using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Azure.Security.KeyVault.Keys;

/// <summary>Reads and writes key files. Nothing is kept in memory: what another process disabled or deleted counts at once.</summary>
internal sealed class KeyFile(string path)
{
    private const int NonceLength = 12;
    private const long LargestFile = 64 * 1024;

    /// <exception cref="RequestFailedException">VaultDamaged: the file is no key file, was changed, or belongs to another machine key.</exception>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    public KeyHeader Read(MachineKey machineKey)
    {
        var (header, privateKey) = Open(machineKey);
        CryptographicOperations.ZeroMemory(privateKey);
        return header;
    }

    /// <inheritdoc cref="Read"/>
    /// <returns>The header and a key that the caller disposes.</returns>
    public (KeyHeader Header, RSA Key) ReadPrivate(MachineKey machineKey)
    {
        var (header, privateKey) = Open(machineKey);
        var rsa = RSA.Create();
        try
        {
            rsa.ImportRSAPrivateKey(privateKey, out _);
            return (header, rsa);
        }
        catch (CryptographicException damaged)
        {
            rsa.Dispose();
            throw VaultFault.Damaged($"The private key in {path} is no RSA key.", damaged);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    public void Write(KeyHeader header, RSA key, MachineKey machineKey)
    {
        var privateKey = key.ExportRSAPrivateKey();
        try
        {
            var nonce = RandomNumberGenerator.GetBytes(NonceLength);
            var ciphertext = new byte[privateKey.Length];
            var tag = new byte[AesGcm.TagByteSizes.MaxSize];
            using var cipher = machineKey.Cipher();
            cipher.Encrypt(nonce, privateKey, ciphertext, tag, AssociatedData(header));
            var document = new KeyDocument(header, machineKey.Fingerprint, nonce, ciphertext, tag);
            PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(document, KeyJson.Default.KeyDocument));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    private (KeyHeader Header, byte[] PrivateKey) Open(MachineKey machineKey)
    {
        var document = Parse();
        if (!document.MachineKey.Equals(machineKey.Fingerprint, StringComparison.Ordinal))
            throw VaultFault.Damaged($"{path} is encrypted under another machine key ({document.MachineKey}) than the one in this vault ({machineKey.Fingerprint}). Restore the machine key it was made with.");
        if (!path.EndsWith(Path.Combine(document.Key.Name.ToLowerInvariant(), FileName(document.Key)), StringComparison.Ordinal))
            throw VaultFault.Damaged($"{path} holds version {document.Key.Version} of '{document.Key.Name}': the file was moved.");
        var privateKey = new byte[document.PrivateKey.Length];
        try
        {
            using var cipher = machineKey.Cipher();
            cipher.Decrypt(document.Nonce, document.PrivateKey, document.Tag, privateKey, AssociatedData(document.Key));
            return (document.Key, privateKey);
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            throw VaultFault.Damaged($"{path} was changed since it was written; restore it from a backup.", damaged);
        }
    }

    private KeyDocument Parse()
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw VaultFault.Damaged($"{path} is larger than any key file ({LargestFile} bytes).");
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyJson.Default.KeyDocument) is
            { Key: { Name: not null, Version: not null, N: not null, E: not null, KeyOps: not null, Tags: not null }, MachineKey: not null, Nonce: not null, PrivateKey: not null, Tag: not null } document
                ? document
                : throw VaultFault.Damaged($"{path} lacks a part of a key file.");
        }
        catch (JsonException damaged)
        {
            throw VaultFault.Damaged($"{path} is no key file.", damaged);
        }
    }

    public static string FileName(KeyHeader header) => $"{header.Ordinal:D8}-{header.Version}.json";

    private static byte[] AssociatedData(KeyHeader header) =>
        [.. Encoding.UTF8.GetBytes($"{header.Name}/{header.Version}\n"), .. JsonSerializer.SerializeToUtf8Bytes(header, KeyJson.Default.KeyHeader)];
}
