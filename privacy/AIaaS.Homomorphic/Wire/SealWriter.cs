using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire.Formats;

namespace AIaaS.Homomorphic.Wire;

/// <summary>Writes objects as Microsoft SEAL does. A key or fresh ciphertext whose seed is known is sent as its seed, at half the size.</summary>
/// <remarks>Streams are written synchronously. A transparent ciphertext is refused with a <see cref="WireFormatException"/>.</remarks>
public sealed partial class SealWriter
{
    /// <param name="version">What the receiver reads: the one it wrote itself. Null for <see cref="SealVersion.Default"/>.</param>
    /// <param name="compression">Of the whole object.</param>
    /// <exception cref="WireFormatException">The version cannot be written.</exception>
    public SealWriter(SealVersion? version = null, SealCompression compression = SealCompression.None)
    {
        Version = version ?? SealVersion.Default;
        Compression = compression;
        if (!Version.IsSupported) throw new WireFormatException($"Objects of SEAL {Version} cannot be written; 4.x and {SealVersion.Universal} can.");
        if (!Enum.IsDefined(compression)) throw new WireFormatException($"There is no compression {(int)compression}; choose none, zlib or zstd.");
    }

    public SealVersion Version { get; }

    public SealCompression Compression { get; }

    /// <summary>Writes polynomials in full even where a seed is known.</summary>
    public bool ExpandSeeds { get; init; }

    public void Write(Stream destination, CkksParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Write(destination, ParametersFormat.Size(parameters.Primes.Length), writer => ParametersFormat.Write(writer, parameters));
    }

    public void Write(Stream destination, Plaintext plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        Write(destination, PlaintextFormat.Size(plaintext.Context.Parameters.Degree, plaintext.Level + 1), writer => PlaintextFormat.Write(writer, plaintext));
    }

    public void Write(Stream destination, Ciphertext ciphertext)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        var fields = CiphertextFormat.Fields(ciphertext, ExpandSeeds);
        CiphertextFormat.RequireOpaque(ciphertext.Rows, fields);
        Write(destination, fields.Size(Version, ciphertext.Context.Parameters.Degree), writer => CiphertextFormat.Write(writer, ciphertext, fields), LargestPrime(ciphertext.Context.Parameters, ciphertext.Level));
    }

    /// <summary>For the client's own keeping only.</summary>
    public void Write(Stream destination, SecretKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var parameters = key.Context.Parameters;
        Write(destination, PlaintextFormat.Size(parameters.Degree, parameters.Primes.Length), writer => SecretKeyFormat.Write(writer, key));
    }

    public void Write(Stream destination, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var fields = PublicKeyFormat.Fields(key.Context.Parameters, key.Seed is not null && !ExpandSeeds);
        Write(destination, fields.Size(Version, key.Context.Parameters.Degree), writer => PublicKeyFormat.Write(writer, key, fields));
    }

    public void Write(Stream destination, RelinearizationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var seeded = KeySwitchKeyFormat.IsSeeded(key.Key, ExpandSeeds);
        Write(destination, RelinearizationKeyFormat.Size(key.Context.Parameters, Version, seeded), writer => RelinearizationKeyFormat.Write(writer, key, seeded));
    }

    public void Write(Stream destination, GaloisKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        KeySwitchKeyFormat.RequireSwitching(keys.Context.Parameters, GaloisKeysFormat.Name);
        Write(destination, GaloisKeysFormat.Size(keys, Version, ExpandSeeds), writer => GaloisKeysFormat.Write(writer, keys, ExpandSeeds));
    }

    private static int LargestPrime(CkksParameters parameters, int level) =>
        64 - BitOperations.LeadingZeroCount(parameters.Primes.Take(level + 1).Max());

    private void Write(Stream destination, long size, Action<WireWriter> body, int primeBits = Primes.MaxBits)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (Compression == SealCompression.None)
        {
            WriteHeader(destination, size);
            WriteBody(destination, body);
            return;
        }
        using var compressed = new CompressedBody();
        using (var stream = compressed.Open(Compression, primeBits)) WriteBody(stream, body);
        WriteHeader(destination, SealHeader.Length + compressed.Length);
        compressed.WriteTo(destination);
    }

    private void WriteBody(Stream destination, Action<WireWriter> body)
    {
        using var writer = new WireWriter(destination, Version);
        body(writer);
        writer.Flush();
    }

    private void WriteHeader(Stream destination, long size)
    {
        Span<byte> header = stackalloc byte[SealHeader.Length];
        new SealHeader(Version, Compression, size).Write(header);
        destination.Write(header);
    }
}
