using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>The networks in memory, weights encoded; beside the models' cache, with a limit of its own.</summary>
public sealed class EncryptedNetworkCache(VaultStore vault, EncryptedInferenceOptions options, TimeProvider clock) : IDisposable
{
    private readonly LeasedCache<VersionKey, EncryptedNetwork> _cache = new(options.CacheBytes, "Inference__EncryptedCacheBytes", clock);
    private readonly CkksContexts _contexts = new();

    // Reading one takes its file, its plan and its encoded weights at the same time.
    private readonly SemaphoreSlim _loads = new(1);

    public long Bytes => _cache.Bytes;

    /// <summary>The names of the models that have a network in memory.</summary>
    public IReadOnlyCollection<string> Models => [.. _cache.Keys.Select(key => key.Model).Distinct(StringComparer.Ordinal)];

    public void Evict(string model) => _cache.Evict(key => key.Model == model);

    public void Dispose()
    {
        _cache.Dispose();
        _loads.Dispose();
    }

    /// <exception cref="PipelineException">EncryptionUnsupported when the version has no network; IntegrityFailed, ModelRefused, Busy, and what reading the vault throws.</exception>
    internal Task<Lease<EncryptedNetwork>> AcquireAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        if (version.NetworkBlob is null)
            throw new PipelineException(ProblemCodes.EncryptionUnsupported, $"Version {version.Version} of model '{version.Model}' does not answer on encrypted input. Train it with 'privacy: {{ inference: ckks }}'.");
        return _cache.AcquireAsync(VersionKey.Of(version), (reserve, token) => LoadAsync(version, reserve, token), cancellationToken);
    }

    private async Task<EncryptedNetwork> LoadAsync(ModelVersion version, Action<long> reserve, CancellationToken cancellationToken)
    {
        await _loads.WaitAsync(cancellationToken);
        try
        {
            var reader = await vault.OpenReaderAsync(VaultScope.Model(version.Model), version.ManifestBlob, cancellationToken);
            var bytes = await reader.ReadAsync(reader.Find(version.NetworkBlob!), cancellationToken);
            NetworkFile file;
            try
            {
                file = NetworkFile.Read(bytes);
            }
            finally
            {
                System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
            }
            reserve(EncryptedNetwork.CostOf(file.Plan));
            return new EncryptedNetwork(version, file.Network, file.Plan, _contexts.Of(file.Plan.Parameters));
        }
        catch (HomomorphicException exception)
        {
            throw new PipelineException(ProblemCodes.ModelRefused, $"The network of version {version.Version} of model '{version.Model}' cannot be used: {exception.Message}", innerException: exception);
        }
        finally
        {
            _loads.Release();
        }
    }

    /// <summary>A deleted and recreated model starts again at version 1: the digest tells them apart.</summary>
    private readonly record struct VersionKey(string Model, int Version, string Sha256)
    {
        public static VersionKey Of(ModelVersion version) => new(version.Model, version.Version, version.ModelSha256);
    }
}
