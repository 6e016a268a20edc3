using System.Security.Cryptography;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Client;

/// <summary>A set of evaluation keys as it is sent: parameters, relinearization key, Galois keys, seeded and compressed.</summary>
internal sealed class EvaluationKeyBytes
{
    private EvaluationKeyBytes(byte[] bytes) => (Bytes, Id) = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public byte[] Bytes { get; }

    public string Id { get; }

    public static EvaluationKeyBytes Make(SecretKey secret, IReadOnlyList<int> steps)
    {
        var generator = new KeyGenerator(secret.Context);
        using var relinearization = generator.CreateRelinearizationKey(secret);
        using var galois = generator.CreateGaloisKeys(secret, steps);
        var writer = new SealWriter(compression: SealCompression.Zstd);
        using var stream = new MemoryStream();
        writer.Write(stream, secret.Context.Parameters);
        writer.Write(stream, relinearization);
        writer.Write(stream, galois);
        return new EvaluationKeyBytes(stream.ToArray());
    }
}
