using System.Security.Cryptography;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>What stands for a uniformly random polynomial on the wire: 64 bytes, public, and how they are expanded.</summary>
internal sealed class UniformSeed
{
    public const int Size = 64;

    private readonly byte[] _bytes;

    /// <param name="expansion">How it is expanded.</param>
    /// <param name="bytes">64 of them; copied.</param>
    public UniformSeed(SeedExpansion expansion, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException($"A seed has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        Expansion = expansion;
        _bytes = bytes.ToArray();
    }

    public SeedExpansion Expansion { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A fresh one from the operating system.</summary>
    public static UniformSeed Fresh()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return new UniformSeed(SeedExpansion.Blake2xb, bytes);
    }
}
