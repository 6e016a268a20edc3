using System.Security.Cryptography;

namespace Azure.Security.KeyVault.Keys;

/// <summary>The keys of a vault folder: reads that see every change at once, and changes that take turns.</summary>
internal sealed class KeyRing(VaultFolder folder, TimeProvider time)
{
    public VaultFolder Folder => folder;

    /// <exception cref="RequestFailedException">404 KeyNotFound, or 500 VaultDamaged.</exception>
    public KeyHeader Get(string name, string? version)
    {
        KeyId.Check(name, version);
        return Reading(() =>
        {
            var file = folder.Find(name, version) ?? throw VaultFault.KeyNotFound(name, version);
            using var machineKey = MachineKey.Load(folder.MachineKeyPath);
            return file.Read(machineKey);
        }, name, version);
    }

    /// <summary>The key for an operation that it and its state allow now.</summary>
    /// <returns>The caller disposes the key.</returns>
    /// <exception cref="RequestFailedException">404 KeyNotFound, 403 Forbidden with the inner code, or 500 VaultDamaged.</exception>
    public (KeyHeader Header, RSA Key) Use(string name, string? version, KeyOperation operation)
    {
        KeyId.Check(name, version);
        return Reading(() =>
        {
            var file = folder.Find(name, version) ?? throw VaultFault.KeyNotFound(name, version);
            using var machineKey = MachineKey.Load(folder.MachineKeyPath);
            var (header, key) = file.ReadPrivate(machineKey);
            if (KeyRules.Refusal(header, operation, time.GetUtcNow()) is { } refusal)
            {
                key.Dispose();
                throw refusal;
            }
            return (header, key);
        }, name, version);
    }

    public IReadOnlyList<KeyHeader> Newest()
    {
        var headers = new List<KeyHeader>();
        foreach (var name in folder.KeyNames())
        {
            try
            {
                headers.Add(Get(name, version: null));
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                // Deleted since the folder was listed.
            }
        }
        return headers;
    }

    public IReadOnlyList<KeyHeader> Versions(string name)
    {
        KeyId.Check(name, version: null);
        return Reading(() =>
        {
            var files = folder.Files(name);
            if (files.Count == 0)
                throw VaultFault.KeyNotFound(name, version: null);
            using var machineKey = MachineKey.Load(folder.MachineKeyPath);
            return files.Select(file => file.Read(machineKey)).ToList();
        }, name, version: null);
    }

    public (KeyHeader Header, DateTimeOffset DeletedOn) GetDeleted(string name)
    {
        KeyId.Check(name, version: null);
        return Reading(() =>
        {
            var (file, deletion) = folder.Deleted(name) ?? throw VaultFault.DeletedKeyNotFound(name);
            using var machineKey = MachineKey.Load(folder.MachineKeyPath);
            return (file.Read(machineKey), deletion.DeletedOn);
        }, name, version: null);
    }

    /// <summary>Makes a version; <paramref name="describe"/> gets the newest version so far, if there is one.</summary>
    public async Task<KeyHeader> CreateAsync(string name, Func<KeyHeader?, NewKey> describe, CancellationToken cancellationToken)
    {
        KeyId.Check(name, version: null);
        using var held = await VaultLock.TakeAsync(folder, time, cancellationToken);
        return await Task.Run(() => Changing(() => Create(name, describe)), cancellationToken);
    }

    public async Task<KeyHeader> ChangeAsync(string name, string? version, Func<KeyHeader, KeyHeader> change, CancellationToken cancellationToken)
    {
        KeyId.Check(name, version);
        using var held = await VaultLock.TakeAsync(folder, time, cancellationToken);
        return Changing(() =>
        {
            var file = folder.Find(name, version) ?? throw VaultFault.KeyNotFound(name, version);
            using var machineKey = MachineKey.Load(folder.MachineKeyPath);
            var (header, key) = file.ReadPrivate(machineKey);
            using (key)
            {
                var changed = change(header) with { Updated = time.GetUtcNow() };
                file.Write(changed, key, machineKey);
                return changed;
            }
        });
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        KeyId.Check(name, version: null);
        using var held = await VaultLock.TakeAsync(folder, time, cancellationToken);
        Changing(() =>
        {
            if (folder.Find(name, version: null) is null)
                throw VaultFault.KeyNotFound(name, version: null);
            folder.Delete(name, new Deletion(time.GetUtcNow()));
            return true;
        });
    }

    public Task RecoverAsync(string name, CancellationToken cancellationToken) => OnDeletedAsync(name, folder.Recover, cancellationToken);

    public Task PurgeAsync(string name, CancellationToken cancellationToken) => OnDeletedAsync(name, folder.Purge, cancellationToken);

    private async Task OnDeletedAsync(string name, Action<string> change, CancellationToken cancellationToken)
    {
        KeyId.Check(name, version: null);
        using var held = await VaultLock.TakeAsync(folder, time, cancellationToken);
        Changing(() =>
        {
            if (!folder.IsDeleted(name))
                throw VaultFault.DeletedKeyNotFound(name);
            change(name);
            return true;
        });
    }

    private KeyHeader Create(string name, Func<KeyHeader?, NewKey> describe)
    {
        if (folder.IsDeleted(name))
            throw VaultFault.NameInUse(name);
        folder.Prepare();
        using var machineKey = MachineKey.Load(folder.MachineKeyPath);
        var newest = folder.Find(name, version: null)?.Read(machineKey);
        var wanted = describe(newest);
        using var key = RSA.Create(wanted.KeySize);
        var publicKey = key.ExportParameters(includePrivateParameters: false);
        var now = time.GetUtcNow();
        var header = new KeyHeader
        {
            Name = newest?.Name ?? name,
            Version = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Ordinal = (newest?.Ordinal ?? 0) + 1,
            Kty = KeyType.Rsa.ToString(),
            N = publicKey.Modulus!,
            E = publicKey.Exponent!,
            KeyOps = wanted.KeyOps,
            Enabled = wanted.Enabled,
            NotBefore = wanted.NotBefore,
            ExpiresOn = wanted.ExpiresOn,
            Created = now,
            Updated = now,
            Tags = wanted.Tags,
        };
        folder.NewFile(header).Write(header, key, machineKey);
        return header;
    }

    private static T Reading<T>(Func<T> read, string name, string? version)
    {
        try
        {
            return read();
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw VaultFault.KeyNotFound(name, version);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw VaultFault.Unavailable($"Key '{name}' cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private T Changing<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw VaultFault.Unavailable($"The vault {folder.Root} cannot be changed: {unwritable.Message}", unwritable);
        }
    }
}
