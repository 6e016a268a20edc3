#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys;

/// <summary>A key that is deleted and can be recovered until it is purged.</summary>
public class DeletedKey : KeyVaultKey
{
    internal DeletedKey(KeyProperties properties, JsonWebKey key, DateTimeOffset deletedOn, Uri recoveryId) : base(properties, key)
    {
        DeletedOn = deletedOn;
        RecoveryId = recoveryId;
    }

    public DateTimeOffset? DeletedOn { get; }

    public Uri RecoveryId { get; }
}
