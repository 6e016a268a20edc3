using System.Buffers.Binary;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Wire;

/// <summary>SEAL's <c>parms_id</c>: a digest of scheme, degree and primes, which is all that says to which level an object belongs.</summary>
/// <param name="Word0">Bytes 0 to 7, little-endian, and so on.</param>
/// <param name="Word1">Bytes 8 to 15.</param>
/// <param name="Word2">Bytes 16 to 23.</param>
/// <param name="Word3">Bytes 24 to 31.</param>
public readonly record struct ParametersId(ulong Word0, ulong Word1, ulong Word2, ulong Word3)
{
    public const int Size = 32;

    private const ulong Ckks = 2;

    /// <summary>Of keys: all primes.</summary>
    public static ParametersId OfKeys(CkksParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Of(parameters, parameters.Primes.Length);
    }

    /// <summary>Of plaintexts and ciphertexts of a level.</summary>
    /// <exception cref="HomomorphicException">There is no such level.</exception>
    public static ParametersId OfLevel(CkksParameters parameters, int level)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        OperandChecks.Level(parameters, level);
        return Of(parameters, level + 1);
    }

    /// <summary>The 32 bytes in hexadecimal.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    internal static ParametersId Parse(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));

    internal void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Word0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Word1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], Word2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], Word3);
    }

    // BLAKE2b-256 over the words scheme, N, primes, plaintext modulus (0 in CKKS).
    private static ParametersId Of(CkksParameters parameters, int primes)
    {
        Span<byte> message = stackalloc byte[(CkksParameters.MaxPrimes + 3) * sizeof(ulong)];
        message = message[..((primes + 3) * sizeof(ulong))];
        BinaryPrimitives.WriteUInt64LittleEndian(message, Ckks);
        BinaryPrimitives.WriteUInt64LittleEndian(message[8..], (ulong)parameters.Degree);
        for (var i = 0; i < primes; i++) BinaryPrimitives.WriteUInt64LittleEndian(message[(16 + 8 * i)..], parameters.Primes[i]);
        BinaryPrimitives.WriteUInt64LittleEndian(message[^8..], 0);
        Span<byte> digest = stackalloc byte[Size];
        Blake2b.Hash(message, digest);
        return Parse(digest);
    }
}
