using System.Text.Json.Serialization;

namespace Azure.Security.KeyVault.Keys;

/// <summary>Everything about a version of a key that is no secret. It is authenticated together with the secret.</summary>
internal sealed record KeyHeader
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Counts the versions of a key, the newest having the largest.</summary>
    public required int Ordinal { get; init; }

    public required string Kty { get; init; }

    public required byte[] N { get; init; }

    public required byte[] E { get; init; }

    public required string[] KeyOps { get; init; }

    public required bool Enabled { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? ExpiresOn { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public SortedDictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);

    [JsonIgnore]
    public int KeySize => N.Length * 8;
}

/// <summary>A key file: the header, and the RSA private key (PKCS #1) under AES-256-GCM with name, version and header as associated data.</summary>
internal sealed record KeyDocument(KeyHeader Key, string MachineKey, byte[] Nonce, byte[] PrivateKey, byte[] Tag);

/// <summary>Lies in the folder of a deleted key.</summary>
internal sealed record Deletion(DateTimeOffset DeletedOn);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(KeyHeader))]
[JsonSerializable(typeof(Deletion))]
internal sealed partial class KeyJson : JsonSerializerContext;
