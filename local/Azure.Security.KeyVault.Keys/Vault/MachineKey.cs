using System.Security.Cryptography;

namespace Azure.Security.KeyVault.Keys;

/// <summary>
/// 256 bits beside the keys that every private part is encrypted under, so that a key file alone, copied or backed up, is
/// worth nothing. Whoever can read the whole folder can use the keys: the file system guards them, not cryptography.
/// </summary>
internal sealed class MachineKey : IDisposable
{
    private const int Length = 32;
    private readonly byte[] _key;

    private MachineKey(byte[] key)
    {
        _key = key;
        Fingerprint = Convert.ToHexStringLower(HMACSHA256.HashData(key, "fingerprint of the machine key"u8).AsSpan(0, 8));
    }

    /// <summary>Tells machine keys apart without giving anything away.</summary>
    public string Fingerprint { get; }

    /// <exception cref="RequestFailedException">The file is missing, has a wrong length, or others may read it.</exception>
    public static MachineKey Load(string path)
    {
        try
        {
            if (PrivateFile.OthersMayOpen(path))
                throw VaultFault.Damaged($"Others than the owner may open {path}. Restrict it (chmod 600) and rotate the keys if they may have been read.");
            var key = File.ReadAllBytes(path);
            return key.Length == Length
                ? new MachineKey(key)
                : throw VaultFault.Damaged($"The machine key {path} has {key.Length} bytes instead of {Length}; restore it from a backup.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw VaultFault.Damaged($"The machine key {path} is missing; without it the keys of this vault cannot be used. Restore it from a backup.", missing);
        }
    }

    /// <summary>To be called under the vault's lock, and only for a vault that holds no keys yet if the file is missing.</summary>
    public static void Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        PrivateFile.Write(path, key);
        CryptographicOperations.ZeroMemory(key);
    }

    public AesGcm Cipher() => new(_key, AesGcm.TagByteSizes.MaxSize);

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
