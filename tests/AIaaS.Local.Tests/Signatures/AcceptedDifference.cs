namespace AIaaS.Local.Tests.Signatures;

/// <summary>Something that an edition has and the listing lacks, because the listing is condensed and not because the package lacks it.</summary>
internal sealed record AcceptedDifference(string Type, string[] Members, string Reason)
{
    private static readonly string[] s_extensibleEnum = ["op_Equality", "op_Inequality", "op_Implicit", "Equals"];
    private const string ExtensibleEnum = "The listing names only the values of Azure's extensible enums; the SDK guidelines give each of them these members.";

    public static IReadOnlyList<AcceptedDifference> All { get; } =
    [
        Extensible("Azure.Security.KeyVault.Keys.KeyType"),
        Extensible("Azure.Security.KeyVault.Keys.KeyOperation"),
        Extensible("Azure.Security.KeyVault.Keys.Cryptography.KeyWrapAlgorithm"),
        Extensible("Azure.Security.KeyVault.Keys.Cryptography.SignatureAlgorithm"),
        new("Azure.Security.KeyVault.Keys.DeleteKeyOperation", [], "Listed as what StartDeleteKeyAsync returns; its members are overrides of Azure.Operation<DeletedKey>."),
        new("Azure.Security.KeyVault.Keys.RecoverDeletedKeyOperation", [], "Listed as what StartRecoverDeletedKeyAsync returns; its members are overrides of Azure.Operation<KeyVaultKey>."),
        new("Azure.Messaging.ServiceBus.ServiceBusMessageBatch", ["Dispose"], "The listing names IDisposable instead of its only member."),
        new("Azure.Messaging.ServiceBus.ServiceBusErrorSource", [], "Listed as the type of ProcessErrorEventArgs.ErrorSource only."),
    ];

    public bool Covers(string type) => Members.Length == 0 && type == Type;

    public bool Covers(string type, string member) => type == Type && Members.Contains(member);

    private static AcceptedDifference Extensible(string type) => new(type, [.. s_extensibleEnum, $"System.IEquatable<{type}>"], ExtensibleEnum);
}
