using System.Security.Cryptography;
using AIaaS.Pipeline.Problems;
using Azure;
using Azure.Security.KeyVault.Keys;

namespace AIaaS.Pipeline.Keys;

/// <summary>Makes a scope's vault key, one version however many processes ask at once.</summary>
/// <remarks>
/// The vault makes a new version whenever it is asked to create, so who asks is settled before, by one conditional write of
/// the scope's <see cref="KeyState"/>. Whoever does not get the claim waits for the key. A claim whose holder died passes on
/// after <see cref="ClaimLifetime"/>; a holder that was only asleep so long makes a second version, which does no harm.
/// </remarks>
public sealed class KeyCreation(KeyClient client, VaultOperations vault, KeyStates states, TimeProvider time)
{
    /// <summary>Longer than the vault's client goes on trying one call.</summary>
    public static readonly TimeSpan ClaimLifetime = TimeSpan.FromMinutes(2);

    private const int KeyBits = 3072;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>The newest version of the scope's key, made when there is none.</returns>
    /// <exception cref="PipelineException">KeyDisabled, KeyNotFound when one of that name is deleted but kept by the vault, KeyForbidden, KeyUnavailable.</exception>
    internal async Task<KeyVaultKey> EnsureAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await states.ReadAsync(scope, cancellationToken);
            if (found is { State.Disabled: true }) throw VaultFault.Disabled(scope);
            if (await FindAsync(scope, cancellationToken) is { } key) return key;
            if (IsClaimed(found?.State))
                // Not the service's clock, which tests hold still: this only waits for another process.
                await Task.Delay(Pause, cancellationToken);
            else if (await TryClaimAsync(scope, found?.ETag, cancellationToken) is { } claimer)
                return await CreateAsync(scope, claimer, cancellationToken);
        }
    }

    private bool IsClaimed(KeyState? state) =>
        state is { Claimer: not null, ClaimedOn: { } since } && time.GetUtcNow() - since < ClaimLifetime;

    private async Task<string?> TryClaimAsync(VaultScope scope, ETag? before, CancellationToken cancellationToken)
    {
        var claimer = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return await states.TryWriteAsync(scope, new KeyState(claimer, time.GetUtcNow(), Disabled: false), before, cancellationToken) ? claimer : null;
    }

    private async Task<KeyVaultKey> CreateAsync(VaultScope scope, string claimer, CancellationToken cancellationToken)
    {
        KeyVaultKey key;
        try
        {
            var options = new CreateRsaKeyOptions(scope.KeyName) { KeySize = KeyBits };
            key = await vault.CallAsync(scope, "create", async () => (await client.CreateRsaKeyAsync(options, cancellationToken)).Value, cancellationToken);
        }
        catch (PipelineException)
        {
            await states.ReleaseAsync(scope, claimer, CancellationToken.None);
            throw;
        }
        await RefuseIfDisabledAsync(scope, key.Properties, cancellationToken);
        return key;
    }

    /// <summary>
    /// To be called with every new version. A disable marks the state before it lists the versions: either it saw this one, or
    /// the mark is seen here.
    /// </summary>
    /// <exception cref="PipelineException">KeyDisabled; the version is disabled then.</exception>
    internal async Task RefuseIfDisabledAsync(VaultScope scope, KeyProperties version, CancellationToken cancellationToken)
    {
        if (!await states.IsDisabledAsync(scope, cancellationToken)) return;
        version.Enabled = false;
        await vault.CallAsync(scope, "update", () => client.UpdateKeyPropertiesAsync(version, cancellationToken: cancellationToken), cancellationToken);
        throw VaultFault.Disabled(scope);
    }

    private async Task<KeyVaultKey?> FindAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.CurrentAsync(scope, cancellationToken);
        }
        catch (PipelineException exception) when (exception.Code == ProblemCodes.KeyNotFound)
        {
            return null;
        }
    }
}
