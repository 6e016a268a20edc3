using System.Globalization;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Registry;

/// <summary>Models, their versions and aliases. Every change is one transaction on the model's partition, conditional on its head row.</summary>
public sealed class ModelRegistry(StorageAccount storage, VaultStore vault, VaultKeys keys, TimeProvider time)
{
    public const string Latest = "latest";
    public const string Production = "production";

    /// <summary>Every lost round is another's success, so this many say that the model is written to without end.</summary>
    private const int MaxRounds = 200;

    private readonly ModelTable _table = new(storage);

    /// <summary>Gives a model its next version and lets "latest" name it. Publishing the same origin again gives the same version.</summary>
    /// <param name="model">Name; made at the first publication.</param>
    /// <param name="origin">The job's id, or "import:{sha256}".</param>
    /// <param name="manifestBlob">The signed manifest that lists model.onnx and card.json.</param>
    /// <param name="sha256">Of the ONNX bytes, lower-case hex.</param>
    /// <param name="size">Of the ONNX bytes.</param>
    /// <param name="metrics">Finite headline numbers.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="networkBlob">Name in the manifest of the network for encrypted input; null where there is none.</param>
    /// <exception cref="PipelineException">InvalidName, InvalidRequest, PreconditionFailed, StorageUnavailable.</exception>
    public async Task<ModelVersion> PublishAsync(
        string model, string origin, string manifestBlob, string sha256, long size, IReadOnlyDictionary<string, double> metrics, CancellationToken cancellationToken, string? networkBlob = null)
    {
        ResourceName.Check(model, "model");
        ArgumentException.ThrowIfNullOrEmpty(origin);
        ArgumentNullException.ThrowIfNull(metrics);
        if (metrics.Any(metric => !double.IsFinite(metric.Value)))
            throw new PipelineException(ProblemCodes.InvalidRequest, "The metrics of a model version must be finite numbers.");
        ModelVersion? published = null;
        await ChangeAsync(model, async (head, etag) =>
        {
            var known = await _table.OriginAsync(model, origin, cancellationToken);
            if (known is { } same && await _table.VersionAsync(model, same.Version, cancellationToken) is var (version, deleted, _)
                && !(deleted && origin.StartsWith("import:", StringComparison.Ordinal)))
            {
                // A deleted version stays deleted when its job's message comes again; a file that somebody adds again is wanted again.
                published = version;
                return true;
            }
            var next = head.LastVersion + 1;
            published = new ModelVersion(model, next, origin, manifestBlob, sha256, size, time.GetUtcNow(), metrics, networkBlob);
            FaultPoints.Before(FaultPointNames.Registry);
            var written = await _table.TryWriteAsync(
                model, (head with { LastVersion = next, Deleted = false, Erased = false }).With(Latest, next), etag,
                [ModelTable.Add(published), ModelTable.SetOrigin(model, origin, next, known?.ETag)], cancellationToken);
            if (written) FaultPoints.After(FaultPointNames.Registry);
            return written;
        }, cancellationToken);
        return published!;
    }

    /// <returns>Null when there is no such model.</returns>
    /// <exception cref="PipelineException">InvalidName, StorageUnavailable.</exception>
    public async Task<ModelRecord?> GetAsync(string model, CancellationToken cancellationToken)
    {
        ResourceName.Check(model, "model");
        var found = await CollectAsync(model, cancellationToken);
        return found is [var only] ? only : null;
    }

    /// <summary>All models by name, with their versions in ascending order.</summary>
    public Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken) => CollectAsync(null, cancellationToken);

    /// <param name="model">Name.</param>
    /// <param name="versionOrAlias">"3", "production"; null takes "production" where it is set, else "latest".</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PipelineException">InvalidName, ModelNotFound, ModelVersionNotFound, StorageUnavailable.</exception>
    public async Task<ModelVersion> ResolveAsync(string model, string? versionOrAlias, CancellationToken cancellationToken)
    {
        ResourceName.Check(model, "model");
        // An alias may move and its old version be deleted between the two reads; the second look sees the new one.
        for (var look = 0; look < 2; look++)
        {
            var head = await LiveHeadAsync(model, cancellationToken);
            var number = versionOrAlias is null ? head.Aliases.GetValueOrDefault(Production) ?? head.Aliases.GetValueOrDefault(Latest) : null;
            var version = number?.Version ?? NumberOf(head, versionOrAlias);
            if (version is { } wanted && await _table.VersionAsync(model, wanted, cancellationToken) is var (found, deleted, _) && !deleted) return found;
        }
        throw NoVersion(model, versionOrAlias ?? Latest);
    }

    /// <summary>Lets an alias name a version; it is made when it does not exist.</summary>
    /// <exception cref="PipelineException">InvalidName; InvalidRequest for "latest" and for numbers; ModelNotFound, ModelVersionNotFound, StorageUnavailable.</exception>
    public Task<ModelRecord> PromoteAsync(string model, string alias, int version, CancellationToken cancellationToken, Action<ModelRecord>? check = null)
    {
        CheckAlias(alias);
        return ChangeLiveAsync(model, async head =>
            await _table.VersionAsync(model, version, cancellationToken) is var (_, deleted, _) && !deleted
                ? head.With(alias, version)
                : throw NoVersion(model, version.ToString(CultureInfo.InvariantCulture)), check, cancellationToken);
    }

    /// <summary>Lets an alias name what it named before its last promotion.</summary>
    /// <exception cref="PipelineException">As for promotion; Conflict when there is nothing to go back to.</exception>
    public Task<ModelRecord> RollbackAsync(string model, string alias, CancellationToken cancellationToken, Action<ModelRecord>? check = null)
    {
        CheckAlias(alias);
        return ChangeLiveAsync(model, async head =>
        {
            if (head.Aliases.GetValueOrDefault(alias)?.Previous is not { } previous
                || await _table.VersionAsync(model, previous, cancellationToken) is not var (_, deleted, _) || deleted)
                throw new PipelineException(ProblemCodes.Conflict, $"The alias '{alias}' of the model '{model}' has no earlier version to go back to. Promote the one you want.");
            return head.With(alias, previous);
        }, check, cancellationToken);
    }

    /// <exception cref="PipelineException">InvalidName, InvalidRequest, ModelNotFound, ModelVersionNotFound when there is no such alias, StorageUnavailable.</exception>
    public Task<ModelRecord> RemoveAliasAsync(string model, string alias, CancellationToken cancellationToken, Action<ModelRecord>? check = null)
    {
        CheckAlias(alias);
        return ChangeLiveAsync(model, head =>
            Task.FromResult(head.Aliases.ContainsKey(alias) ? head.Without(alias) : throw NoVersion(model, alias)), check, cancellationToken);
    }

    /// <summary>Deletes a version and its files; its number is not used again. "latest" goes back to the newest that is left.</summary>
    /// <exception cref="PipelineException">InvalidName, ModelNotFound, ModelVersionNotFound; Conflict while another alias names it; StorageUnavailable.</exception>
    public async Task DeleteVersionAsync(string model, int version, CancellationToken cancellationToken, Action<ModelRecord>? check = null)
    {
        ResourceName.Check(model, "model");
        ModelVersion? gone = null;
        await ChangeAsync(model, async (head, etag) =>
        {
            if (etag is null || head.Deleted) throw NoModel(model);
            await CheckAsync(model, check, cancellationToken);
            if (await _table.VersionAsync(model, version, cancellationToken) is not var (found, deleted, versionETag))
                throw NoVersion(model, version.ToString(CultureInfo.InvariantCulture));
            gone = found;
            if (deleted) return true; // an earlier call may have stopped before the files were gone
            if (head.Aliases.FirstOrDefault(pair => pair.Value.Version == version && pair.Key != Latest) is { Key: { } alias })
                throw new PipelineException(ProblemCodes.Conflict,
                    $"Version {version} of the model '{model}' is its '{alias}'. Promote another version to '{alias}', or remove the alias, before deleting it.");
            return await _table.TryWriteAsync(
                model, await WithoutVersionAsync(head, model, version, cancellationToken), etag, [ModelTable.MarkDeleted(found, versionETag)], cancellationToken);
        }, cancellationToken);
        // A file that was deleted and added again lies in the same folder.
        await foreach (var (_, _, other) in _table.RowsAsync(model, cancellationToken))
        {
            if (other?.ManifestBlob == gone!.ManifestBlob) return;
        }
        var folder = gone!.ManifestBlob[..(gone.ManifestBlob.LastIndexOf('/') + 1)];
        await vault.DeletePrefixAsync(VaultScope.Model(model), folder, cancellationToken);
    }

    /// <summary>Deletes a model for good: rows, then its key (nothing can be read from then on), then its blobs. Repeating it finishes a half-done one.</summary>
    /// <exception cref="PipelineException">InvalidName, ModelNotFound, KeyForbidden, KeyUnavailable, StorageUnavailable.</exception>
    public async Task DeleteAsync(string model, CancellationToken cancellationToken, Action<ModelRecord>? check = null)
    {
        var scope = VaultScope.Model(model);
        await ChangeAsync(model, async (head, etag) =>
        {
            if (etag is null || head.Erased) throw NoModel(model);
            if (head.Deleted) return true;
            await CheckAsync(model, check, cancellationToken);
            return await _table.TryWriteAsync(model, ModelHead.None with { LastVersion = head.LastVersion, Deleted = true }, etag, [], cancellationToken);
        }, cancellationToken);
        await _table.DeleteRowsAsync(model, cancellationToken);
        await keys.DeleteAsync(scope, cancellationToken);
        await vault.DeletePrefixAsync(scope, scope.Prefix, cancellationToken);
        await ChangeAsync(model, (head, etag) =>
            head.Deleted ? _table.TryWriteAsync(model, head with { Erased = true }, etag, [], cancellationToken) : Task.FromResult(true), cancellationToken);
    }

    private async Task<ModelHead> WithoutVersionAsync(ModelHead head, string model, int version, CancellationToken cancellationToken)
    {
        if (head.Aliases.GetValueOrDefault(Latest)?.Version != version) return head;
        int? newest = null;
        await foreach (var (_, _, row) in _table.RowsAsync(model, cancellationToken))
        {
            if (row is not null && row.Version != version && row.Version > (newest ?? 0)) newest = row.Version;
        }
        return newest is { } left ? head.With(Latest, left) : head.Without(Latest);
    }

    private async Task<IReadOnlyList<ModelRecord>> CollectAsync(string? model, CancellationToken cancellationToken)
    {
        var heads = new SortedDictionary<string, ModelHead>(StringComparer.Ordinal);
        var versions = new Dictionary<string, List<ModelVersion>>(StringComparer.Ordinal);
        await foreach (var (name, head, version) in _table.RowsAsync(model, cancellationToken))
        {
            if (head is { Deleted: false }) heads[name] = head;
            if (version is null) continue;
            if (!versions.TryGetValue(name, out var list)) versions[name] = list = [];
            list.Add(version);
        }
        return [.. heads.Select(pair => new ModelRecord(
            pair.Key, versions.GetValueOrDefault(pair.Key) ?? [], pair.Value.Aliases.ToDictionary(alias => alias.Key, alias => alias.Value.Version, StringComparer.Ordinal)))];
    }

    private async Task<ModelRecord> ChangeLiveAsync(string model, Func<ModelHead, Task<ModelHead>> change, Action<ModelRecord>? check, CancellationToken cancellationToken)
    {
        ResourceName.Check(model, "model");
        await ChangeAsync(model, async (head, etag) =>
        {
            if (etag is null || head.Deleted) throw NoModel(model);
            await CheckAsync(model, check, cancellationToken);
            return await _table.TryWriteAsync(model, await change(head), etag, [], cancellationToken);
        }, cancellationToken);
        return await GetAsync(model, cancellationToken) ?? throw NoModel(model);
    }

    // After the head was read, which every change writes: what is checked here is what the conditional write will change.
    private async Task CheckAsync(string model, Action<ModelRecord>? check, CancellationToken cancellationToken)
    {
        if (check is not null) check(await GetAsync(model, cancellationToken) ?? throw NoModel(model));
    }

    private async Task ChangeAsync(string model, Func<ModelHead, Azure.ETag?, Task<bool>> tryChange, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var known = await _table.HeadAsync(model, cancellationToken);
            if (await tryChange(known?.Head ?? ModelHead.None, known?.ETag)) return;
        }
        throw new PipelineException(ProblemCodes.PreconditionFailed, $"The model '{model}' is being changed by too many others at the same time. Try again.");
    }

    private async Task<ModelHead> LiveHeadAsync(string model, CancellationToken cancellationToken) =>
        await _table.HeadAsync(model, cancellationToken) is var (head, _) && !head.Deleted ? head : throw NoModel(model);

    private static int? NumberOf(ModelHead head, string? versionOrAlias) =>
        int.TryParse(versionOrAlias, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : versionOrAlias is not null ? head.Aliases.GetValueOrDefault(versionOrAlias)?.Version : null;

    private static void CheckAlias(string alias)
    {
        ResourceName.Check(alias, "alias");
        if (alias == Latest) throw new PipelineException(ProblemCodes.InvalidRequest, "The alias 'latest' follows publication and cannot be set. Use 'production', or a name of your own.");
        if (alias.All(char.IsAsciiDigit)) throw new PipelineException(ProblemCodes.InvalidRequest, "An alias must not be a number: that would be a version.");
    }

    private static PipelineException NoModel(string model) =>
        new(ProblemCodes.ModelNotFound, $"There is no model '{model}'. List the models to see which there are.");

    private static PipelineException NoVersion(string model, string version) =>
        new(ProblemCodes.ModelVersionNotFound, $"The model '{model}' has no version or alias '{version}'.");
}
