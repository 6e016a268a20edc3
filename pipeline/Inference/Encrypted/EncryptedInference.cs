using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>Answers infer requests on encrypted input. Neither input nor answer can be read here.</summary>
/// <remarks>At most <see cref="EncryptedInferenceOptions.Parallel"/> requests compute at once; as many as may wait besides them are in memory, and no more.</remarks>
public sealed class EncryptedInference(
    ServedModels models, EncryptedNetworkCache networks, EvaluationKeyCache keys, EncryptedInferenceOptions options, InferenceMetrics metrics, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turns = new(options.Parallel);
    private int _admitted;

    internal EncryptedInferenceOptions Options => options;

    /// <summary>Checks a request: what it is bound to, its network, its keys, its ciphertexts.</summary>
    /// <param name="version">The version that the request's path means.</param>
    /// <param name="request">Read from <paramref name="body"/>.</param>
    /// <param name="body">Not disposed, and not used any more after this.</param>
    /// <param name="caller">Whose evaluation keys are meant.</param>
    /// <param name="functionKey">The secret of the binding; null for a request whose binding was checked when it was accepted.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PipelineException">CiphertextMismatch, CiphertextInvalid, EncryptionUnsupported, the EvaluationKeys problems, Busy, and what loading a model throws.</exception>
    public async Task<EncryptedCall> PrepareAsync(
        ModelVersion version, EncryptedRequest request, RequestBody body, string caller, string? functionKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(request);
        CheckTarget(version, request);
        if (functionKey is not null) EncryptedBinding.Check(functionKey, request, EncryptedRequest.Tensor(body));
        Enter();
        Lease<EncryptedNetwork>? network = null;
        Lease<LoadedEvaluationKeys>? set = null;
        try
        {
            network = await networks.AcquireAsync(version, cancellationToken);
            set = await keys.AcquireAsync(caller, request.EvaluationKeys, network.Value, cancellationToken);
            return new EncryptedCall(this, request, network, set, CiphertextReader.Read(network.Value, request.Count, EncryptedRequest.Tensor(body)));
        }
        catch
        {
            set?.Dispose();
            network?.Dispose();
            Leave();
            throw;
        }
    }

    /// <summary>The version that a path means, its key checked; the model itself stays where it is.</summary>
    public ValueTask<ModelVersion> ResolveAsync(string model, string? version, CancellationToken cancellationToken) =>
        models.ResolveUsableAsync(model, version, cancellationToken);

    public void Dispose() => _turns.Dispose();

    internal void Leave() => Interlocked.Decrement(ref _admitted);

    internal async Task<Ciphertext[]> ComputeAsync(EncryptedNetwork network, CkksEvaluator evaluator, Ciphertext[] request, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(MaxWait, cancellationToken)) throw Busy();
        try
        {
            var started = clock.GetTimestamp();
            var reply = await Task.Run(() => network.Run(evaluator, request, clock, cancellationToken), cancellationToken);
            if (metrics.IsEnabled) metrics.Record(network.Version.Model, clock.GetElapsedTime(started));
            return reply;
        }
        catch (HomomorphicException exception)
        {
            throw new PipelineException(ProblemCodes.CiphertextInvalid, $"The request cannot be computed: {exception.Message}", innerException: exception);
        }
        finally
        {
            _turns.Release();
        }
    }

    private void Enter()
    {
        if (Interlocked.Increment(ref _admitted) <= options.Parallel + options.Waiting) return;
        Leave();
        throw Busy();
    }

    private static void CheckTarget(ModelVersion version, EncryptedRequest request)
    {
        if (request.Model != version.Model)
            throw Mismatch($"The ciphertexts were made for model '{request.Model}'; this is '{version.Model}'. Encrypt for the model that is asked");
        if (request.ModelVersion != version.Version.ToString())
            throw Mismatch($"The ciphertexts were made for version '{request.ModelVersion}' of model '{version.Model}'; version {version.Version} answers. Read its metadata again, or ask for /versions/{request.ModelVersion}");
    }

    private static PipelineException Mismatch(string detail) => new(ProblemCodes.CiphertextMismatch, $"{detail}.");

    private PipelineException Busy() => new(ProblemCodes.Busy, $"{options.Parallel} encrypted requests are computing and others wait. Try again in a moment, or with 'Prefer: respond-async'.");
}
