using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>The models this instance answers with: the version a request means, its key checked, in memory.</summary>
public sealed class ServedModels(VersionResolver versions, ModelCache cache, KeyWatch keys)
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
        cache.Evict(model);
    }

    /// <summary>Asks the vault about every model in memory and drops those whose key may not be used any more.</summary>
    public async Task CheckKeysAsync(CancellationToken cancellationToken)
    {
        foreach (var model in cache.Models)
        {
            if (await keys.RefreshAsync(model, cancellationToken) is not null) cache.Evict(model);
        }
    }

    private async ValueTask<ModelLease> SlowlyAsync(ValueTask<ModelVersion> resolving, CancellationToken cancellationToken)
    {
        var version = await resolving;
        return await LoadAsync(version, keys.CheckAsync(version.Model, cancellationToken), cancellationToken);
    }

    private async ValueTask<ModelLease> LoadAsync(ModelVersion version, ValueTask checking, CancellationToken cancellationToken)
    {
        try
        {
            await checking;
        }
        catch (PipelineException)
        {
            cache.Evict(version.Model);
            throw;
        }
        return await cache.AcquireAsync(version, cancellationToken);
    }
}
