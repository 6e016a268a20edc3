using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Registry;

/// <summary>Reads the cards that lie encrypted beside the models.</summary>
public sealed class ModelCards(ModelRegistry registry, VaultStore vault)
{
    private const string CardFile = "card.json";

    /// <returns>The card, as the JSON that was published with the version.</returns>
    /// <exception cref="PipelineException">InvalidName, ModelNotFound, ModelVersionNotFound, IntegrityFailed, and the Key and Storage problems.</exception>
    public async Task<byte[]> ReadAsync(string model, string versionOrAlias, CancellationToken cancellationToken)
    {
        var version = await registry.ResolveAsync(model, versionOrAlias, cancellationToken);
        var reader = await vault.OpenReaderAsync(VaultScope.Model(model), version.ManifestBlob, cancellationToken);
        return await reader.ReadAsync(reader.Find(CardFile), cancellationToken);
    }
}
