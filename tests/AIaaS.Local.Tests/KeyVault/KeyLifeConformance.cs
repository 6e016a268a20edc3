using Azure.Security.KeyVault.Keys;

namespace AIaaS.Local.Tests.KeyVault;

public abstract class KeyLifeConformance : KeyVaultConformance
{
    [Fact]
    public async Task Create_RsaKey_HasIdVersionAndPublicPartOnly()
    {
        var key = await CreateAsync(keySize: 3072);

        key.Name.ShouldBe(Name);
        key.KeyType.ShouldBe(KeyType.Rsa);
        key.Key.N.Length.ShouldBe(384);
        key.Key.D.ShouldBeNull();
        key.Key.P.ShouldBeNull();
        key.Properties.Enabled.ShouldBe(true);
        key.Properties.Version.ShouldMatch("^[0-9a-f]{32}$");
        key.Properties.VaultUri.ShouldBe(Connect().VaultUri);
        key.Id.AbsoluteUri.ShouldBe($"{Connect().VaultUri.AbsoluteUri}keys/{Name}/{key.Properties.Version}");
        key.KeyOperations.ShouldBe([KeyOperation.Encrypt, KeyOperation.Decrypt, KeyOperation.Sign, KeyOperation.Verify, KeyOperation.WrapKey, KeyOperation.UnwrapKey], ignoreOrder: true);
        using var rsa = key.Key.ToRSA();
        rsa.KeySize.ShouldBe(3072);
    }

    [Fact]
    public async Task Create_WithOptions_KeepsThem()
    {
        var options = new CreateRsaKeyOptions(Name)
        {
            KeySize = 2048,
            Enabled = false,
            NotBefore = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ExpiresOn = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero),
            KeyOperations = { KeyOperation.WrapKey },
            Tags = { ["dataset"] = "digits" },
        };
        await Connect().CreateRsaKeyAsync(options);

        KeyVaultKey key = await Connect().GetKeyAsync(Name);
        key.Properties.Enabled.ShouldBe(false);
        key.Properties.NotBefore.ShouldBe(options.NotBefore);
        key.Properties.ExpiresOn.ShouldBe(options.ExpiresOn);
        key.Properties.Tags["dataset"].ShouldBe("digits");
        key.KeyOperations.ShouldBe([KeyOperation.WrapKey]);
    }

    [Fact]
    public async Task Create_SameNameAgain_IsANewVersion()
    {
        var first = await CreateAsync();
        var second = await CreateAsync();
        KeyVaultKey newest = await Connect().GetKeyAsync(Name);
        KeyVaultKey older = await Connect().GetKeyAsync(Name, first.Properties.Version);

        newest.Id.ShouldBe(second.Id);
        older.Id.ShouldBe(first.Id);
        older.Key.N.ShouldBe(first.Key.N);
        older.Key.N.ShouldNotBe(second.Key.N);
    }

    [Fact]
    public async Task Rotate_Key_IsANewVersionOfTheSameKind()
    {
        var first = await Connect().CreateRsaKeyAsync(new CreateRsaKeyOptions(Name) { KeySize = 2048, Tags = { ["a"] = "b" } });
        KeyVaultKey second = await Connect().RotateKeyAsync(Name);

        second.Properties.Version.ShouldNotBe(first.Value.Properties.Version);
        second.Key.N.Length.ShouldBe(256);
        second.Properties.Tags["a"].ShouldBe("b");
        ((KeyVaultKey)await Connect().GetKeyAsync(Name)).Id.ShouldBe(second.Id);
    }

    [Fact]
    public async Task List_KeysAndVersions_NamesThemAll()
    {
        var first = await CreateAsync();
        KeyVaultKey second = await Connect().RotateKeyAsync(Name);
        await Connect().CreateRsaKeyAsync(new CreateRsaKeyOptions("other") { KeySize = 2048 });

        var keys = await Connect().GetPropertiesOfKeysAsync().ToListAsync();
        var versions = await Connect().GetPropertiesOfKeyVersionsAsync(Name).ToListAsync();

        keys.Select(key => key.Name).ShouldBe([Name, "other"], ignoreOrder: true);
        versions.Select(version => version.Id).ShouldBe([first.Id, second.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Update_EnabledAndTags_ChangesThatVersionOnly()
    {
        var first = await CreateAsync();
        KeyVaultKey second = await Connect().RotateKeyAsync(Name);
        first.Properties.Enabled = false;
        first.Properties.Tags["why"] = "old";
        KeyVaultKey updated = await Connect().UpdateKeyPropertiesAsync(first.Properties);

        updated.Properties.Enabled.ShouldBe(false);
        KeyVaultKey again = await Connect().GetKeyAsync(Name, first.Properties.Version);
        again.Properties.Enabled.ShouldBe(false);
        again.Properties.Tags["why"].ShouldBe("old");
        again.Properties.UpdatedOn.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(again.Properties.CreatedOn!.Value);
        KeyVaultKey newest = await Connect().GetKeyAsync(Name, second.Properties.Version);
        newest.Properties.Enabled.ShouldBe(true);
    }

    [Fact]
    public async Task Update_WithIdOnly_LeavesTheRest()
    {
        var key = (await Connect().CreateRsaKeyAsync(new CreateRsaKeyOptions(Name) { KeySize = 2048, Tags = { ["a"] = "b" } })).Value;
        await Connect().UpdateKeyPropertiesAsync(new KeyProperties(key.Id) { Enabled = false });

        KeyVaultKey updated = await Connect().GetKeyAsync(Name);
        updated.Properties.Enabled.ShouldBe(false);
        updated.Properties.Tags["a"].ShouldBe("b");
    }

    [Fact]
    public async Task Get_UnknownNameOrVersion_IsKeyNotFound()
    {
        await RefusedAsync(() => Connect().GetKeyAsync("nothing"), 404, "KeyNotFound");
        await CreateAsync();
        await RefusedAsync(() => Connect().GetKeyAsync(Name, new string('0', 32)), 404, "KeyNotFound");
        await RefusedAsync(() => Connect().RotateKeyAsync("nothing"), 404, "KeyNotFound");
        await RefusedAsync(() => Connect().StartDeleteKeyAsync("nothing"), 404, "KeyNotFound");
        await RefusedAsync(() => Connect().UpdateKeyPropertiesAsync(new KeyProperties("nothing")), 404, "KeyNotFound");
    }

    [Fact]
    public async Task Create_KeySizeOrNameThatCannotBe_IsBadParameter()
    {
        await RefusedAsync(() => Connect().CreateRsaKeyAsync(new CreateRsaKeyOptions(Name) { KeySize = 1024 }), 400, "BadParameter");
        foreach (var name in (string[])["a b", "../up", "a/b", "ü", "a.b", new string('a', 128)])
            await RefusedAsync(() => Connect().CreateKeyAsync(name, KeyType.Rsa), 400, "BadParameter");
    }

    [Fact]
    public async Task Delete_Key_IsGoneUntilRecovered()
    {
        var key = await CreateAsync();
        var operation = await Connect().StartDeleteKeyAsync(Name);
        await operation.WaitForCompletionAsync();
        operation.Value.DeletedOn.ShouldNotBeNull();
        operation.Value.Id.ShouldBe(key.Id);

        await RefusedAsync(() => Connect().GetKeyAsync(Name), 404, "KeyNotFound");
        (await Connect().GetPropertiesOfKeysAsync().ToListAsync()).ShouldBeEmpty();
        var conflict = await RefusedAsync(() => CreateAsync(), 409, "Conflict");
        conflict.Message.ShouldContain("ObjectIsDeletedButRecoverable");
        ((DeletedKey)await Connect().GetDeletedKeyAsync(Name)).Name.ShouldBe(Name);

        var recovery = await Connect().StartRecoverDeletedKeyAsync(Name);
        (await recovery.WaitForCompletionAsync()).Value.Id.ShouldBe(key.Id);
        ((KeyVaultKey)await Connect().GetKeyAsync(Name)).Key.N.ShouldBe(key.Key.N);
        await RefusedAsync(() => Connect().GetDeletedKeyAsync(Name), 404, "KeyNotFound");
    }

    [Fact]
    public async Task Purge_DeletedKey_FreesTheName()
    {
        await RefusedAsync(() => Connect().PurgeDeletedKeyAsync(Name), 404, "KeyNotFound");
        var first = await CreateAsync();
        await RefusedAsync(() => Connect().PurgeDeletedKeyAsync(Name), 404, "KeyNotFound");
        await Connect().StartDeleteKeyAsync(Name);
        await Connect().PurgeDeletedKeyAsync(Name);

        await RefusedAsync(() => Connect().StartRecoverDeletedKeyAsync(Name), 404, "KeyNotFound");
        var second = await CreateAsync();
        second.Key.N.ShouldNotBe(first.Key.N);
        (await Connect().GetPropertiesOfKeyVersionsAsync(Name).ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rotate_EightAtOnce_LosesNoVersion()
    {
        await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Connect().RotateKeyAsync(Name)));

        var versions = await Connect().GetPropertiesOfKeyVersionsAsync(Name).ToListAsync();
        versions.Select(version => version.Version).Distinct().Count().ShouldBe(9);
    }
}
