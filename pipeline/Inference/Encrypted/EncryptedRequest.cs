using AIaaS.Pipeline.Inference.Protocol;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>An infer request on encrypted input, well formed but not believed yet.</summary>
/// <param name="Id">As the client sent it, to be echoed.</param>
/// <param name="Model">That the client encrypted for.</param>
/// <param name="ModelVersion">That the client encrypted for.</param>
/// <param name="EvaluationKeys">Id of the set to compute with.</param>
/// <param name="Binding">Ties the ciphertexts to all of these; see <see cref="EncryptedBinding"/>.</param>
/// <param name="Count">Ciphertexts.</param>
public sealed record EncryptedRequest(string? Id, string Model, string ModelVersion, string EvaluationKeys, string Binding, int Count)
{
    /// <summary>Name of the input and of the output.</summary>
    public const string TensorName = "ciphertexts";

    /// <summary>The BYTES tensor in the body it was read from: each ciphertext behind its length in 4 bytes, little-endian.</summary>
    internal static ReadOnlySpan<byte> Tensor(in RequestBody body) => body.Buffer.Span.Slice(body.BinaryStart, body.BinaryLength);
}
