using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Wire;

/// <summary>Writes the body of one object through one small buffer, which is zeroed in the end: what passes through may be a secret.</summary>
internal sealed class WireWriter(Stream destination, SealVersion version) : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private ulong[]? _words;
    private int _used;

    public SealVersion Version { get; } = version;

    public void WriteByte(byte value) => Reserve(sizeof(byte))[0] = value;

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);

    public void WriteParametersId(ParametersId id) => id.Write(Reserve(ParametersId.Size));

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Of a nested object.</summary>
    public void WriteHeader(long size) => new SealHeader(Version, SealCompression.None, size).Write(Reserve(SealHeader.Length));

    /// <summary>As canonical residues.</summary>
    public void WriteRow(PrimeRing ring, ReadOnlySpan<double> row)
    {
        _words ??= ArrayPool<ulong>.Shared.Rent(ring.Degree);
        var words = _words.AsSpan(0, ring.Degree);
        ring.ToCanonical(row, words);
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
        Flush();
        destination.Write(MemoryMarshal.AsBytes(words));
    }

    public void Flush()
    {
        destination.Write(_buffer, 0, _used);
        _used = 0;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer);
        ArrayPool<byte>.Shared.Return(_buffer);
        if (_words is not null) ArrayPool<ulong>.Shared.Return(_words, clearArray: true);
        _words = null;
    }

    private Span<byte> Reserve(int count)
    {
        if (_used + count > BufferSize) Flush();
        var span = _buffer.AsSpan(_used, count);
        _used += count;
        return span;
    }
}
