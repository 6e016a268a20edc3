namespace AIaaS.Local.Tests.KeyVault;

/// <summary>An empty folder for a vault, gone with the test.</summary>
public sealed class TestVault : IDisposable
{
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"aiaas-vault-{Guid.NewGuid():N}");

    public Uri Uri => new($"file://{Folder}/");

    public void Dispose()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
