using System.Security.Cryptography;
using System.Text;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>Ties ciphertexts to the request they were made for, with the secret that client and service share.</summary>
/// <remarks>
/// HMAC-SHA-256, under the function key's UTF-8 bytes, of the lines "he_ckks", model, version, id of the evaluation keys, id of the request
/// (empty without one) and SHA-256 of the tensor in lower-case hex, separated by '\n'. Only the id of the request may hold a line break, and
/// what follows it has a fixed length, so no two requests have the same lines.
/// </remarks>
public static class EncryptedBinding
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Compute(string functionKey, string model, string version, string evaluationKeys, string? requestId, ReadOnlySpan<byte> tensor)
    {
        var lines = string.Join('\n', "he_ckks", model, version, evaluationKeys, requestId, Convert.ToHexStringLower(SHA256.HashData(tensor)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(functionKey), Encoding.UTF8.GetBytes(lines)));
    }

    /// <exception cref="PipelineException">CiphertextMismatch.</exception>
    public static void Check(string functionKey, EncryptedRequest request, ReadOnlySpan<byte> tensor)
    {
        ArgumentNullException.ThrowIfNull(request);
        var expected = Compute(functionKey, request.Model, request.ModelVersion, request.EvaluationKeys, request.Id, tensor);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(request.Binding)))
            throw new PipelineException(ProblemCodes.CiphertextMismatch,
                "The binding does not belong to this request: the model, its version, the evaluation keys, the request's id, the ciphertexts or the function key are others than it was computed with.");
    }
}
