using System.Security.Cryptography;
using System.Text;
using Azure.Core.Cryptography;
using Azure.Security.KeyVault.Keys;
using Azure.Security.KeyVault.Keys.Cryptography;

namespace AIaaS.Local.Tests.KeyVault;

public abstract class CryptographyConformance : KeyVaultConformance
{
    private static readonly byte[] s_secret = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData("RSA-OAEP-256")]
    [InlineData("RSA-OAEP")]
    public async Task Wrap_ThenUnwrapByAnotherClient_GivesTheSecret(string algorithm)
    {
        var key = await CreateAsync();
        var wrapped = await Connect().GetCryptographyClient(Name).WrapKeyAsync(algorithm, s_secret);
        wrapped.KeyId.ShouldBe(key.Id.AbsoluteUri, "the result names the version even where the client did not");
        wrapped.Algorithm.ShouldBe(new KeyWrapAlgorithm(algorithm));
        wrapped.EncryptedKey.ShouldNotBe(s_secret);

        var unwrapped = Connect().GetCryptographyClient(Name, key.Properties.Version).UnwrapKey(algorithm, wrapped.EncryptedKey);
        unwrapped.Key.ShouldBe(s_secret);
        unwrapped.KeyId.ShouldBe(wrapped.KeyId);
    }

    [Fact]
    public async Task Unwrap_AfterRotation_NeedsTheOldVersion()
    {
        await CreateAsync();
        var wrapped = await Connect().GetCryptographyClient(Name).WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret);
        await Connect().RotateKeyAsync(Name);

        (await new CryptographyClient(new Uri(wrapped.KeyId), new NoCredential()).UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped.EncryptedKey)).Key.ShouldBe(s_secret);
        await RefusedAsync(() => Connect().GetCryptographyClient(Name).UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped.EncryptedKey), 400, "BadParameter");
        (await Connect().GetCryptographyClient(Name).WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret)).KeyId.ShouldNotBe(wrapped.KeyId);
    }

    [Fact]
    public async Task Unwrap_ChangedBytes_IsBadParameterWithOneText()
    {
        await CreateAsync();
        var client = Connect().GetCryptographyClient(Name);
        var wrapped = (await client.WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret)).EncryptedKey;
        var texts = new HashSet<string>();
        foreach (var index in (int[])[0, 1, 100, 255])
        {
            var changed = wrapped.ToArray();
            changed[index] ^= 1;
            texts.Add((await RefusedAsync(() => client.UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, changed), 400, "BadParameter")).Message);
        }
        texts.Add((await RefusedAsync(() => client.UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped[..^1]), 400, "BadParameter")).Message);
        texts.Add((await RefusedAsync(() => client.UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep, wrapped), 400, "BadParameter")).Message);
        texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wrap_TooMuchOrUnknownAlgorithm_IsBadParameter()
    {
        await CreateAsync();
        var client = Connect().GetCryptographyClient(Name);
        await RefusedAsync(() => client.WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, new byte[256]), 400, "BadParameter");
        await RefusedAsync(() => client.WrapKeyAsync("A256KW", s_secret), 400, "BadParameter");
        await RefusedAsync(() => client.SignAsync("ES256", new byte[32]), 400, "BadParameter");
        await RefusedAsync(() => client.SignAsync(SignatureAlgorithm.PS256, new byte[31]), 400, "BadParameter");
    }

    [Theory]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    public async Task Sign_Data_VerifiesHereAndByThePublicKey(string algorithm)
    {
        var key = await CreateAsync();
        var data = Encoding.UTF8.GetBytes("manifest");
        var client = Connect().GetCryptographyClient(Name);
        var signed = await client.SignDataAsync(algorithm, data);
        signed.KeyId.ShouldBe(key.Id.AbsoluteUri);

        var other = Connect().GetCryptographyClient(Name);
        (await other.VerifyDataAsync(algorithm, data, signed.Signature)).IsValid.ShouldBeTrue();
        other.VerifyData(algorithm, data, signed.Signature).IsValid.ShouldBeTrue();
        (await other.VerifyDataAsync(algorithm, [.. data, 0], signed.Signature)).IsValid.ShouldBeFalse();
        (await other.VerifyDataAsync(algorithm, data, [.. signed.Signature[..^1], (byte)(signed.Signature[^1] ^ 1)])).IsValid.ShouldBeFalse();
        (await other.VerifyDataAsync(algorithm, data, [])).IsValid.ShouldBeFalse();
        using var rsa = key.Key.ToRSA();
        rsa.VerifyData(data, signed.Signature, new HashAlgorithmName("SHA" + algorithm[2..]), algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    [Fact]
    public async Task Use_DisabledKey_IsForbiddenAtOnceAndAllowedAgainOnceEnabled()
    {
        var key = await CreateAsync();
        var client = Connect().GetCryptographyClient(Name);
        var wrapped = (await client.WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret)).EncryptedKey;
        var signature = (await client.SignDataAsync(SignatureAlgorithm.PS256, [1])).Signature;
        await DisableAsync(Connect(), key);

        foreach (var use in (Func<Task>[])
        [
            () => client.WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret),
            () => client.UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped),
            () => client.SignDataAsync(SignatureAlgorithm.PS256, [1]),
            () => client.VerifyDataAsync(SignatureAlgorithm.PS256, [1], signature),
        ])
            (await RefusedAsync(use, 403, "Forbidden")).Message.ShouldContain("KeyDisabled");

        await DisableAsync(Connect(), key, enabled: true);
        (await client.UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped)).Key.ShouldBe(s_secret);
    }

    [Fact]
    public async Task Use_DeletedKey_IsKeyNotFound()
    {
        await CreateAsync();
        var client = Connect().GetCryptographyClient(Name);
        var wrapped = (await client.WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret)).EncryptedKey;
        await Connect().StartDeleteKeyAsync(Name);

        await RefusedAsync(() => client.UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped), 404, "KeyNotFound");
        await RefusedAsync(() => new KeyResolver(new NoCredential()).ResolveAsync(new Uri(client.KeyId)), 404, "KeyNotFound");
    }

    [Fact]
    public async Task Use_WhatTheKeyIsNotFor_IsForbidden()
    {
        await Connect().CreateRsaKeyAsync(new CreateRsaKeyOptions(Name) { KeySize = 2048, KeyOperations = { KeyOperation.Verify } });
        await RefusedAsync(() => Connect().GetCryptographyClient(Name).SignDataAsync(SignatureAlgorithm.PS256, [1]), 403, "Forbidden");
    }

    [Fact]
    public async Task Use_ExpiredKey_ReadsButMakesNothingNew()
    {
        var key = await CreateAsync();
        var client = Connect().GetCryptographyClient(Name);
        var wrapped = (await client.WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret)).EncryptedKey;
        key.Properties.ExpiresOn = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Connect().UpdateKeyPropertiesAsync(key.Properties);

        await RefusedAsync(() => client.WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, s_secret), 403, "Forbidden");
        (await client.UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped)).Key.ShouldBe(s_secret);
    }

    [Fact]
    public async Task Resolver_KeyIdFromStoredData_UnwrapsAsKeyEncryptionKey()
    {
        var created = await CreateAsync();
        IKeyEncryptionKey writer = Connect().GetCryptographyClient(Name, created.Properties.Version);
        var wrapped = await writer.WrapKeyAsync("RSA-OAEP-256", s_secret);
        IKeyEncryptionKeyResolver resolver = new KeyResolver(new NoCredential());

        var reader = await resolver.ResolveAsync(writer.KeyId);
        (await reader.UnwrapKeyAsync("RSA-OAEP-256", wrapped)).ShouldBe(s_secret);
        resolver.Resolve(writer.KeyId).UnwrapKey("RSA-OAEP-256", writer.WrapKey("RSA-OAEP-256", s_secret)).ShouldBe(s_secret);
    }
}
