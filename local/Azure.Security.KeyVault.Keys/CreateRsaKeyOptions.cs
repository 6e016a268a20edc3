#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys;

public class CreateRsaKeyOptions : CreateKeyOptions
{
    public CreateRsaKeyOptions(string name, bool hardwareProtected = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        HardwareProtected = hardwareProtected;
    }

    public string Name { get; }

    public KeyType KeyType => HardwareProtected ? KeyType.RsaHsm : KeyType.Rsa;

    public bool HardwareProtected { get; }

    /// <summary>Bits of the modulus: 2048, 3072 or 4096. Not set: 3072 in this edition, 2048 in Azure.</summary>
    public int? KeySize { get; set; }
}
