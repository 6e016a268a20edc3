using System.Diagnostics.CodeAnalysis;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Keys;

public enum VaultScopeKind
{
    Dataset,
    Model,
}

/// <summary>What one key protects: a dataset (its shards and reports) or a model (its checkpoints and versions).</summary>
public sealed record VaultScope(VaultScopeKind Kind, string Name)
{
    public static VaultScope Dataset(string name) => new(VaultScopeKind.Dataset, ResourceName.Check(name, "dataset"));

    public static VaultScope Model(string name) => new(VaultScopeKind.Model, ResourceName.Check(name, "model"));

    /// <summary>The inverse of <see cref="KeyName"/>; false for keys of others in the same vault.</summary>
    public static bool TryParseKeyName(string? keyName, [NotNullWhen(true)] out VaultScope? scope)
    {
        scope = keyName?.Split('-', 2) switch
        {
            ["dataset", var name] when ResourceName.IsValid(name) => new VaultScope(VaultScopeKind.Dataset, name),
            ["model", var name] when ResourceName.IsValid(name) => new VaultScope(VaultScopeKind.Model, name),
            _ => null,
        };
        return scope is not null;
    }

    /// <summary>The Key Vault key: "dataset-digits".</summary>
    public string KeyName => Kind == VaultScopeKind.Dataset ? $"dataset-{Name}" : $"model-{Name}";

    /// <summary>Where its blobs lie in the vault container: "datasets/digits/".</summary>
    public string Prefix => Kind == VaultScopeKind.Dataset ? $"datasets/{Name}/" : $"models/{Name}/";

    public override string ToString() => KeyName;
}
