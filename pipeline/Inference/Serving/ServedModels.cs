using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>The models this instance answers with: the version a request means, its key checked, in memory.</summary>
public sealed class ServedModels(VersionResolver versions, ModelCache cache, EncryptedNetworkCache networks, KeyWatch keys)
{
    /// <param name="model">Name of the model.</param>
    /// <param name="version">Number or alias; null for "production" where it is set, else "latest".</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>At once, without I/O, when the model was used within the last second.</returns>
    /// <exception cref="PipelineException">ModelNotFound, ModelVersionNotFound, ModelUnavailable, ModelRefused, IntegrityFailed, and the Key and Storage problems.</exception>
    public ValueTask<ModelLease> AcquireAsync(string model, string? version, CancellationToken cancellationToken)
    {
        var resolving = versions.ResolveAsync(model, version, cancellationToken);
        if (!resolving.IsCompletedSuccessfully) return SlowlyAsync(resolving, cancellationToken);
        var found = resolving.Result;
        var checking = keys.CheckAsync(model, cancellationToken);
        if (checking.IsCompletedSuccessfully && cache.TryAcquire(found, out var lease)) return new ValueTask<ModelLease>(lease);
        return LoadAsync(found, checking, cancellationToken);
    }

    /// <summary>The version a request means, without bringing it into memory.</summary>
    public ValueTask<ModelVersion> ResolveAsync(string model, string? version, CancellationToken cancellationToken) =>
        versions.ResolveAsync(model, version, cancellationToken);

    /// <summary>The version a request means, its key checked, without bringing it into memory.</summary>
    /// <exception cref="PipelineException">ModelNotFound, ModelVersionNotFound, and the Key and Storage problems.</exception>
    public async ValueTask<ModelVersion> ResolveUsableAsync(string model, string? version, CancellationToken cancellationToken)
    {
        var found = await versions.ResolveAsync(model, version, cancellationToken);
        await CheckKeyAsync(found, keys.CheckAsync(model, cancellationToken));
        return found;
    }

    /// <summary>Exactly this version, as an operation fixed it when it was accepted.</summary>
    public ValueTask<ModelLease> AcquireAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        return LoadAsync(version, keys.CheckAsync(version.Model, cancellationToken), cancellationToken);
    }

    /// <summary>To be called after a version was published or promoted here: this instance sees it without waiting a second.</summary>
    public void Refresh(string model) => versions.Expire(model);

    /// <summary>To be called after a model or version was deleted here.</summary>
    public void Drop(string model)
    {
        versions.Forget(model);
        keys.Forget(model);
        Evict(model);
    }

    /// <summary>Asks the vault about every model in memory and drops those whose key may not be used any more.</summary>
    public async Task CheckKeysAsync(CancellationToken cancellationToken)
    {
        foreach (var model in cache.Models.Union(networks.Models))
        {
            if (await keys.RefreshAsync(model, cancellationToken) is not null) Evict(model);
        }
    }

    private async ValueTask<ModelLease> SlowlyAsync(ValueTask<ModelVersion> resolving, CancellationToken cancellationToken)
    {
        var version = await resolving;
        return await LoadAsync(version, keys.CheckAsync(version.Model, cancellationToken), cancellationToken);
    }

    private async ValueTask<ModelLease> LoadAsync(ModelVersion version, ValueTask checking, CancellationToken cancellationToken)
    {
        await CheckKeyAsync(version, checking);
        return await cache.AcquireAsync(version, cancellationToken);
    }

    private async ValueTask CheckKeyAsync(ModelVersion version, ValueTask checking)
    {
        try
        {
            await checking;
        }
        catch (PipelineException)
        {
            Evict(version.Model);
            throw;
        }
    }

    private void Evict(string model)
    {
        cache.Evict(model);
        networks.Evict(model);
    }
}
