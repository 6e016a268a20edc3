using AIaaS.Homomorphic.Ckks;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.EvaluationKeys;

/// <summary>Uploads for one caller that no other test has.</summary>
internal sealed class KeyHost(PipelineHost host, EvaluationKeyLimits? limits = null) : IAsyncDisposable
{
    private static int s_callers;

    private readonly EvaluationKeyInspection _inspection = new(limits ?? EvaluationKeyLimits.Default);

    /// <summary>Two data primes, 4,096 slots a ciphertext less half: keys of 0.2 MB.</summary>
    public static CkksParameters Small { get; } = CkksParameters.Create(4096, [36, 34, 36]);

    public string Caller { get; } = $"{Environment.ProcessId:x8}{Interlocked.Increment(ref s_callers):x24}";

    public EvaluationKeyStore Store { get; } = new(host.Storage, limits ?? EvaluationKeyLimits.Default, host.Clock);

    public PipelineHost Host => host;

    /// <param name="azurite">The storage.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <param name="at">A sweep sees the sets of all tests: those that sweep live in a past of their own.</param>
    public static async Task<KeyHost> StartAsync(AzuriteFixture azurite, EvaluationKeyLimits? limits = null, DateTimeOffset? at = null) => new(await PipelineHost.StartAsync(azurite, at: at), limits);

    public Task<EvaluationKeySet> PutAsync(EvaluationKeyFile file) => PutAsync(file.Id, file.Bytes, null);

    public async Task<EvaluationKeySet> PutAsync(string id, ReadOnlyMemory<byte> body, string? contentRange, long? contentLength = null)
    {
        using var upload = new EvaluationKeyUpload(Store, _inspection, limits ?? EvaluationKeyLimits.Default, host.Clock);
        using var stream = new MemoryStream(body.ToArray());
        return await upload.PutAsync(Caller, id, UploadPart.Parse(contentRange, contentLength ?? body.Length), stream, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _inspection.Dispose();
        await host.DisposeAsync();
    }
}
