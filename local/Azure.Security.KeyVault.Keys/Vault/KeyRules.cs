namespace Azure.Security.KeyVault.Keys;

/// <summary>What a new version is to be like.</summary>
internal sealed record NewKey(
    int KeySize,
    string[] KeyOps,
    bool Enabled,
    DateTimeOffset? NotBefore,
    DateTimeOffset? ExpiresOn,
    SortedDictionary<string, string> Tags);

/// <summary>Which keys can be made, and what a key may be used for at a moment.</summary>
internal static class KeyRules
{
    public const int DefaultKeySize = 3072;

    public static string[] AllOperations { get; } =
        [.. new[] { KeyOperation.Encrypt, KeyOperation.Decrypt, KeyOperation.Sign, KeyOperation.Verify, KeyOperation.WrapKey, KeyOperation.UnwrapKey }.Select(operation => operation.ToString())];

    /// <exception cref="RequestFailedException">400 BadParameter.</exception>
    public static NewKey Describe(KeyType type, int? keySize, CreateKeyOptions? options)
    {
        if (type != KeyType.Rsa)
            throw VaultFault.BadParameter($"The local edition makes keys of type RSA, not {type}.");
        var size = keySize ?? DefaultKeySize;
        if (size is not (2048 or 3072 or 4096))
            throw VaultFault.BadParameter($"An RSA key has 2048, 3072 or 4096 bits, not {size}.");
        var operations = options?.KeyOperations.Select(operation => operation.ToString()).ToArray() ?? [];
        if (Array.Find(operations, operation => !AllOperations.Contains(operation)) is { } unknown)
            throw VaultFault.BadParameter($"'{unknown}' is no operation of an RSA key.");
        return new NewKey(
            size,
            operations.Length > 0 ? operations : AllOperations,
            options?.Enabled ?? true,
            options?.NotBefore,
            options?.ExpiresOn,
            new SortedDictionary<string, string>(options?.Tags ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal));
    }

    /// <summary>A rotation keeps what the key is and what it is for; its dates were those of the old version.</summary>
    public static NewKey Rotated(KeyHeader newest) =>
        new(newest.KeySize, newest.KeyOps, Enabled: true, NotBefore: null, ExpiresOn: null, newest.Tags);

    /// <returns>Why the operation is refused, or null.</returns>
    public static RequestFailedException? Refusal(KeyHeader key, KeyOperation operation, DateTimeOffset now)
    {
        if (!key.Enabled)
            return VaultFault.Disabled(operation);
        if (!key.KeyOps.Contains(operation.ToString()))
            return VaultFault.NotPermitted(operation);
        // What was made while the key was valid stays readable: dates hold back only operations that make something new.
        if (operation == KeyOperation.UnwrapKey || operation == KeyOperation.Verify)
            return null;
        if (key.NotBefore > now)
            return VaultFault.NotYetValid(operation);
        return key.ExpiresOn <= now ? VaultFault.Expired(operation) : null;
    }
}
