using Azure;
using Azure.Core;
using Azure.Security.KeyVault.Keys;

namespace AIaaS.Local.Tests.KeyVault;

/// <summary>
/// How a Key Vault behaves, written against the public API alone, so that any edition can be held to it. Each call of
/// <see cref="Connect"/> gives another client of the same vault, as another process would have.
/// </summary>
public abstract class KeyVaultConformance
{
    protected string Name { get; } = $"key-{Guid.NewGuid():N}"[..16];

    protected abstract KeyClient Connect();

    protected async Task<KeyVaultKey> CreateAsync(int keySize = 2048) =>
        await Connect().CreateRsaKeyAsync(new CreateRsaKeyOptions(Name) { KeySize = keySize });

    protected static async Task<RequestFailedException> RefusedAsync(Func<Task> action, int status, string code)
    {
        var refused = await Should.ThrowAsync<RequestFailedException>(action);
        refused.Status.ShouldBe(status, refused.Message);
        refused.ErrorCode.ShouldBe(code);
        return refused;
    }

    protected static async Task DisableAsync(KeyClient client, KeyVaultKey key, bool enabled = false)
    {
        key.Properties.Enabled = enabled;
        await client.UpdateKeyPropertiesAsync(key.Properties);
    }

    /// <summary>A credential for editions that ask for one and use none.</summary>
    protected sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The local vault asks for no token.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The local vault asks for no token.");
    }
}
