using System.Security.Cryptography;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Testing;

/// <summary>A set of evaluation keys as a client sends it: parameters, relinearization key, Galois keys.</summary>
public sealed record EvaluationKeyFile(byte[] Bytes)
{
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>With a secret of its own, which nobody keeps.</summary>
    public static EvaluationKeyFile Make(CkksParameters parameters, IEnumerable<int> steps, SealCompression compression = SealCompression.None, bool expandSeeds = false)
    {
        var generator = new KeyGenerator(new CkksContext(parameters));
        using var secret = generator.CreateSecretKey();
        return Make(generator, secret, steps, compression, expandSeeds);
    }

    public static EvaluationKeyFile Make(KeyGenerator generator, SecretKey secret, IEnumerable<int> steps, SealCompression compression = SealCompression.None, bool expandSeeds = false)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var relinearization = generator.CreateRelinearizationKey(secret);
        using var galois = generator.CreateGaloisKeys(secret, steps);
        var writer = new SealWriter(compression: compression) { ExpandSeeds = expandSeeds };
        using var stream = new MemoryStream();
        writer.Write(stream, generator.Context.Parameters);
        writer.Write(stream, relinearization);
        writer.Write(stream, galois);
        return new EvaluationKeyFile(stream.ToArray());
    }
}
