using Azure.Security.KeyVault.Keys;

namespace AIaaS.Local.Tests.KeyVault;

/// <summary>The conformance suites, run on the key ring on disk.</summary>
public sealed class LocalKeyLifeTests : KeyLifeConformance, IDisposable
{
    private readonly TestVault _vault = new();

    public void Dispose() => _vault.Dispose();

    protected override KeyClient Connect() => new(_vault.Uri, new NoCredential());
}

public sealed class LocalCryptographyTests : CryptographyConformance, IDisposable
{
    private readonly TestVault _vault = new();

    public void Dispose() => _vault.Dispose();

    protected override KeyClient Connect() => new(_vault.Uri, new NoCredential());
}
