using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Inference.Protocol;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>One request that was checked and may be computed: its ciphertexts, its network and its keys, held in memory until disposed.</summary>
public sealed class EncryptedCall : IDisposable
{
    private readonly EncryptedInference _inference;
    private readonly EncryptedRequest _request;
    private readonly Lease<EncryptedNetwork> _network;
    private readonly Lease<LoadedEvaluationKeys> _keys;
    private readonly (Ciphertext[] Ciphertexts, SealVersion Version, SealCompression Compression) _input;

    internal EncryptedCall(
        EncryptedInference inference, EncryptedRequest request, Lease<EncryptedNetwork> network, Lease<LoadedEvaluationKeys> keys,
        (Ciphertext[] Ciphertexts, SealVersion Version, SealCompression Compression) input)
    {
        (_inference, _request, _network, _keys, _input) = (inference, request, network, keys, input);
    }

    public Registry.ModelVersion Version => _network.Value.Version;

    /// <summary>Whether it is expected to compute longer than a client should wait.</summary>
    public bool IsSlow => _network.Value.ExpectedTime > _inference.Options.TimeLimit;

    /// <returns>The answer, to be disposed once it is written.</returns>
    /// <exception cref="Problems.PipelineException">Busy when others have computed too long; CiphertextInvalid.</exception>
    public async Task<InferenceResponse> RunAsync(CancellationToken cancellationToken)
    {
        var reply = await _inference.ComputeAsync(_network.Value, _keys.Value.Evaluator, _input.Ciphertexts, cancellationToken);
        try
        {
            return EncryptedResponseWriter.Write(Version, _request.Id, new SealWriter(_input.Version, _input.Compression), reply);
        }
        finally
        {
            foreach (var ciphertext in reply) ciphertext.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var ciphertext in _input.Ciphertexts) ciphertext.Dispose();
        _keys.Dispose();
        _network.Dispose();
        _inference.Leave();
    }
}
