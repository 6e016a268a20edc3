using System.Security.Cryptography;
using AIaaS.Pipeline.Problems;
using Azure;
using Azure.Security.KeyVault.Keys;

namespace AIaaS.Pipeline.Keys;

/// <summary>The life of the keys in the vault: one RSA-3072 key per dataset and per model.</summary>
public sealed class VaultKeys(KeyClient client, VaultOperations vault, ContentKeyRecords records, KeyStates states, KeyCreation creation, ContentKeyRing ring)
{
    /// <summary>Of racing rotations each makes its version; the last to write the record wins, and all of them end.</summary>
    private const int MaxRotationRounds = 20;

    /// <summary>Versions that appear while all are being disabled take another round each.</summary>
    private const int MaxDisableRounds = 20;

    /// <summary>Makes the scope's vault key when there is none.</summary>
    /// <exception cref="PipelineException">KeyNotFound when one of that name is deleted but kept by the vault; KeyForbidden, KeyUnavailable.</exception>
    public async Task EnsureAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await creation.EnsureAsync(scope, cancellationToken);
    }

    /// <summary>Asks the vault now, past every cache.</summary>
    /// <exception cref="PipelineException">KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable.</exception>
    public async Task CheckUsableAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (await states.IsDisabledAsync(scope, cancellationToken)) throw VaultFault.Disabled(scope);
        var key = await vault.CurrentAsync(scope, cancellationToken);
        if (key.Properties.Enabled == false) throw VaultFault.Disabled(scope);
    }

    /// <summary>Makes a new version of the vault key and wraps the content key with it. Data is not touched, and readers go on reading.</summary>
    /// <exception cref="PipelineException">KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable, IntegrityFailed, Conflict.</exception>
    public async Task<VaultKeyInfo> RotateAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await CheckUsableAsync(scope, cancellationToken);
        var made = (await vault.NewVersionAsync(scope, cancellationToken)).Properties;
        await creation.RefuseIfDisabledAsync(scope, made, cancellationToken);
        var version = made.Version;
        for (var round = 0; round < MaxRotationRounds; round++)
        {
            if (await records.ReadAsync(scope, cancellationToken) is not var (record, etag) || await RewrapAsync(scope, record, etag, version, cancellationToken))
            {
                ring.Forget(scope);
                return await InfoAsync(scope, cancellationToken);
            }
        }
        throw VaultFault.Contended(scope);
    }

    /// <summary>
    /// Disables every version: an old record of the content key, wrapped by an old version, must not open what the newest would not.
    /// Stays so until <see cref="EnableAsync"/>: a version made meanwhile by a creation or rotation under way is disabled too.
    /// </summary>
    /// <exception cref="PipelineException">KeyNotFound, KeyForbidden, KeyUnavailable, StorageUnavailable, Conflict.</exception>
    public async Task DisableAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if ((await VersionsAsync(scope, cancellationToken)).Count == 0) throw VaultFault.NoKey(scope);
        await states.SetDisabledAsync(scope, disabled: true, cancellationToken);
        ring.Forget(scope);
        for (var round = 0; round < MaxDisableRounds; round++)
        {
            if (await SetEnabledAsync(scope, enabled: false, cancellationToken) == 0) return;
        }
        throw VaultFault.Contended(scope);
    }

    /// <summary>Enables every version.</summary>
    /// <exception cref="PipelineException">KeyNotFound, KeyForbidden, KeyUnavailable, StorageUnavailable, Conflict.</exception>
    public async Task EnableAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        // The mark last: an enabling that breaks off has not happened.
        await SetEnabledAsync(scope, enabled: true, cancellationToken);
        await states.SetDisabledAsync(scope, disabled: false, cancellationToken);
    }

    /// <summary>Crypto-shreds: the record of the content key first, then the vault key, purged where the vault allows it. Repeating it finishes a half-done one.</summary>
    /// <exception cref="PipelineException">KeyForbidden, KeyUnavailable, StorageUnavailable.</exception>
    public async Task DeleteAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await records.DeleteAsync(scope, cancellationToken);
        ring.Forget(scope);
        await IgnoreMissingAsync(vault.CallAsync(scope, "delete", async () =>
        {
            var deletion = await client.StartDeleteKeyAsync(scope.KeyName, cancellationToken);
            return await deletion.WaitForCompletionAsync(cancellationToken);
        }, cancellationToken));
        await PurgeAsync(scope, cancellationToken);
        await states.DeleteAsync(scope, cancellationToken);
    }

    private async Task PurgeAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        try
        {
            await IgnoreMissingAsync(vault.CallAsync(scope, "purge", () => client.PurgeDeletedKeyAsync(scope.KeyName, cancellationToken), cancellationToken));
        }
        catch (PipelineException exception) when (exception.Code == ProblemCodes.KeyForbidden)
        {
            // Purge protection: the vault keeps the key for its retention time. The content key's record is gone all the same.
        }
    }

    /// <summary>All keys of datasets and models, by name.</summary>
    /// <exception cref="PipelineException">KeyForbidden, KeyUnavailable.</exception>
    public async Task<IReadOnlyList<VaultKeyInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var scopes = new List<VaultScope>();
        await foreach (var key in client.GetPropertiesOfKeysAsync(cancellationToken))
        {
            if (VaultScope.TryParseKeyName(key.Name, out var scope)) scopes.Add(scope);
        }
        var infos = new List<VaultKeyInfo>(scopes.Count);
        foreach (var scope in scopes.OrderBy(scope => scope.KeyName, StringComparer.Ordinal)) infos.Add(await InfoAsync(scope, cancellationToken));
        return infos;
    }

    /// <exception cref="PipelineException">KeyNotFound, KeyForbidden, KeyUnavailable.</exception>
    public Task<VaultKeyInfo> GetAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return InfoAsync(scope, cancellationToken);
    }

    private async Task<VaultKeyInfo> InfoAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        var newest = (await vault.CurrentAsync(scope, cancellationToken)).Properties;
        var versions = await VersionsAsync(scope, cancellationToken);
        var disabled = await states.IsDisabledAsync(scope, cancellationToken);
        return new VaultKeyInfo(scope.KeyName, scope, newest.Version, versions.Count, !disabled && newest.Enabled != false, newest.CreatedOn);
    }

    private async Task<bool> RewrapAsync(VaultScope scope, ContentKeyRecord record, ETag etag, string version, CancellationToken cancellationToken)
    {
        var key = await ring.UnwrapAsync(scope, record, cancellationToken);
        try
        {
            var rewrapped = await ring.WrapAsync(scope, version, record.ContentKeyId, key, cancellationToken);
            return await records.ReplaceAsync(scope, rewrapped, etag, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <returns>How many versions were not so before.</returns>
    private async Task<int> SetEnabledAsync(VaultScope scope, bool enabled, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(scope, cancellationToken);
        if (versions.Count == 0) throw VaultFault.NoKey(scope);
        var others = versions.FindAll(version => version.Enabled != enabled);
        foreach (var version in others)
        {
            version.Enabled = enabled;
            await vault.CallAsync(scope, "update", () => client.UpdateKeyPropertiesAsync(version, cancellationToken: cancellationToken), cancellationToken);
        }
        ring.Forget(scope);
        return others.Count;
    }

    private Task<List<KeyProperties>> VersionsAsync(VaultScope scope, CancellationToken cancellationToken) =>
        vault.CallAsync(scope, "list", async () =>
        {
            var versions = new List<KeyProperties>();
            await foreach (var version in client.GetPropertiesOfKeyVersionsAsync(scope.KeyName, cancellationToken)) versions.Add(version);
            return versions;
        }, cancellationToken);

    private static async Task IgnoreMissingAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (PipelineException exception) when (exception.Code == ProblemCodes.KeyNotFound)
        {
            // Deleted by an earlier call that did not get to its end.
        }
    }
}
