using System.Runtime.Versioning;
using System.Security.Cryptography;
using Azure;
using Azure.Security.KeyVault.Keys;
using Azure.Security.KeyVault.Keys.Cryptography;
using FsCheck.Xunit;

namespace AIaaS.Local.Tests.KeyVault;

/// <summary>What only the edition on disk has: files, their guard, and what damage to them does.</summary>
public sealed class KeyRingTests : KeyVaultConformance, IDisposable
{
    private readonly TestVault _vault = new();

    public void Dispose() => _vault.Dispose();

    protected override KeyClient Connect() => new(_vault.Uri, new NoCredential());

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_OfAVault_AreTheOwnersAlone()
    {
        await CreateAsync();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var file in Directory.GetFiles(_vault.Folder, "*", SearchOption.AllDirectories))
            File.GetUnixFileMode(file).ShouldBe(File600, file);
        foreach (var folder in Directory.GetDirectories(_vault.Folder, "*", SearchOption.AllDirectories).Append(_vault.Folder))
            File.GetUnixFileMode(folder).ShouldBe(File600 | UnixFileMode.UserExecute, folder);
    }

    [Fact]
    public async Task KeyFile_OnDisk_HoldsNoPrivatePart()
    {
        await CreateAsync();
        var secret = await Connect().GetCryptographyClient(Name).WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, [1, 2, 3]);
        var bytes = await File.ReadAllBytesAsync(KeyFilePath());
        using var machineKey = MachineKey.Load(Path.Combine(_vault.Folder, "machine.key"));
        var (_, rsa) = new KeyFile(KeyFilePath()).ReadPrivate(machineKey);
        using (rsa)
        {
            rsa.Decrypt(secret.EncryptedKey, RSAEncryptionPadding.OaepSHA256).ShouldBe([1, 2, 3]);
            var parts = rsa.ExportParameters(includePrivateParameters: true);
            foreach (var part in (byte[][])[parts.D!, parts.P!, parts.Q!, parts.DP!, parts.DQ!, parts.InverseQ!, rsa.ExportRSAPrivateKey()])
            {
                bytes.AsSpan().IndexOf(part.AsSpan(4, 16)).ShouldBe(-1);
                System.Text.Encoding.ASCII.GetString(bytes).ShouldNotContain(Convert.ToBase64String(part)[..24]);
            }
        }
    }

    [Fact]
    public async Task Rotate_EightAtOnce_NumbersVersionsOneAfterTheOther()
    {
        await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => Connect().RotateKeyAsync(Name)));

        var ordinals = Directory.GetFiles(Path.Combine(_vault.Folder, "keys", Name)).Select(path => int.Parse(Path.GetFileName(path).Split('-')[0])).Order();
        ordinals.ShouldBe(Enumerable.Range(1, 8));
    }

    [Fact]
    public async Task KeyFile_AnyByteChanged_IsRefused()
    {
        await CreateAsync();
        var path = KeyFilePath();
        var original = await File.ReadAllBytesAsync(path);
        var random = new Random(3);
        foreach (var index in Enumerable.Range(0, 60).Select(_ => random.Next(original.Length)))
        {
            var changed = original.ToArray();
            changed[index] ^= 0x04;
            await File.WriteAllBytesAsync(path, changed);
            await RefusedAsync(() => Connect().GetKeyAsync(Name), 500, "VaultDamaged");
        }
        await File.WriteAllBytesAsync(path, original);
        (await Connect().GetKeyAsync(Name)).Value.Name.ShouldBe(Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public async Task KeyFile_CutShort_IsRefused(int length)
    {
        await CreateAsync();
        await File.WriteAllBytesAsync(KeyFilePath(), (await File.ReadAllBytesAsync(KeyFilePath()))[..length]);

        await RefusedAsync(() => Connect().GetKeyAsync(Name), 500, "VaultDamaged");
        await RefusedAsync(() => Connect().GetCryptographyClient(Name).WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, [1]), 500, "VaultDamaged");
    }

    [Fact]
    public async Task KeyFile_PutUnderAnotherName_IsRefused()
    {
        await CreateAsync();
        var other = Path.Combine(_vault.Folder, "keys", "stolen");
        Directory.CreateDirectory(other);
        File.Copy(KeyFilePath(), Path.Combine(other, Path.GetFileName(KeyFilePath())));

        await RefusedAsync(() => Connect().GetKeyAsync("stolen"), 500, "VaultDamaged");
    }

    [Fact]
    public async Task MachineKey_MissingOrWrong_IsRefusedAndNeverReplaced()
    {
        await CreateAsync();
        var path = Path.Combine(_vault.Folder, "machine.key");
        var original = await File.ReadAllBytesAsync(path);

        File.Delete(path);
        (await RefusedAsync(() => Connect().GetKeyAsync(Name), 500, "VaultDamaged")).Message.ShouldContain("is missing");
        await RefusedAsync(() => Connect().CreateKeyAsync("another", KeyType.Rsa), 500, "VaultDamaged");
        File.Exists(path).ShouldBeFalse();

        await WritePrivateAsync(path, RandomNumberGenerator.GetBytes(32));
        (await RefusedAsync(() => Connect().GetKeyAsync(Name), 500, "VaultDamaged")).Message.ShouldContain("another machine key");
        await WritePrivateAsync(path, original[..31]);
        await RefusedAsync(() => Connect().GetKeyAsync(Name), 500, "VaultDamaged");
        await WritePrivateAsync(path, original);
        (await Connect().GetKeyAsync(Name)).Value.Name.ShouldBe(Name);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task MachineKey_ReadableByOthers_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await CreateAsync();
        var path = Path.Combine(_vault.Folder, "machine.key");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead);

        (await RefusedAsync(() => Connect().GetKeyAsync(Name), 500, "VaultDamaged")).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task Update_InterruptedBeforeTheRename_LeavesTheOldFile()
    {
        var key = await CreateAsync();
        await File.WriteAllTextAsync(KeyFilePath() + ".0123.tmp", "half a fi");

        (await Connect().GetKeyAsync(Name)).Value.Id.ShouldBe(key.Id);
        (await Connect().GetPropertiesOfKeyVersionsAsync(Name).ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public void Vault_InAzure_IsNotSupportedWithAWayOut() =>
        Should.Throw<NotSupportedException>(() => new KeyClient(new Uri("https://x.vault.azure.net/"), new NoCredential())).Message.ShouldContain("AzurePackages=true");

    [Fact]
    public void CryptographyClient_OnSomethingElse_SaysWhatAKeyIdLooksLike()
    {
        Should.Throw<ArgumentException>(() => new CryptographyClient(new Uri("file:///x/secrets/y"), new NoCredential())).Message.ShouldContain("keys/{name}/{version}");
        Should.Throw<NotSupportedException>(() => new CryptographyClient(new Uri("https://x.vault.azure.net/keys/a/b"), new NoCredential()));
    }

    [Fact]
    public void RequestFailedException_OfAMissingKey_IsWordedAsInAzure()
    {
        var refused = Should.Throw<RequestFailedException>(() => Connect().GetKey("nothing"));
        refused.Message.ShouldStartWith("A key with (name/id) nothing was not found in this key vault.");
        refused.GetRawResponse()!.Status.ShouldBe(404);
    }

    [Property(MaxTest = 25)]
    public void WrapUnwrap_AnySecretThatFits_ComesBack(byte[] secret)
    {
        var client = SharedClient();
        var fits = secret[..Math.Min(secret.Length, 190)];
        client.UnwrapKey(KeyWrapAlgorithm.RsaOaep256, client.WrapKey(KeyWrapAlgorithm.RsaOaep256, fits).EncryptedKey).Key.ShouldBe(fits);
    }

    [Property(MaxTest = 25)]
    public void SignVerify_AnyData_HoldsForThatDataOnly(byte[] data)
    {
        var client = SharedClient();
        var signature = client.SignData(SignatureAlgorithm.PS256, data).Signature;
        client.VerifyData(SignatureAlgorithm.PS256, data, signature).IsValid.ShouldBeTrue();
        client.VerifyData(SignatureAlgorithm.PS256, [.. data, 7], signature).IsValid.ShouldBeFalse();
    }

    private CryptographyClient SharedClient()
    {
        if (!Directory.Exists(Path.Combine(_vault.Folder, "keys")))
            CreateAsync().GetAwaiter().GetResult();
        return Connect().GetCryptographyClient(Name);
    }

    private string KeyFilePath() => Directory.GetFiles(Path.Combine(_vault.Folder, "keys", Name), "*.json").Single();

    private static async Task WritePrivateAsync(string path, byte[] content)
    {
        File.Delete(path);
        await using var file = PrivateFile.Open(path, FileMode.CreateNew, FileShare.None);
        await file.WriteAsync(content);
    }
}
