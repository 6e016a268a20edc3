using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Wire;

/// <summary>Reads the body of one object, never more than it may have, with one small buffer.</summary>
/// <remarks>The buffers are zeroed when given back: what passes through may be a secret.</remarks>
internal sealed class WireReader : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly Stream _body;
    private readonly string _name;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private ulong[]? _words;
    private int _start;
    private int _end;

    /// <param name="body">After the header, inflated.</param>
    /// <param name="version">Every nested header must have the same.</param>
    /// <param name="size">Bytes of the body where it is known, otherwise the most that it may have.</param>
    /// <param name="name">Of the object, for messages.</param>
    public WireReader(Stream body, SealVersion version, long size, string name)
    {
        (_body, Version, Left, _name) = (body, version, size, name);
    }

    public SealVersion Version { get; }

    /// <summary>Bytes that may still be read.</summary>
    public long Left { get; private set; }

    public byte ReadByte() => Take(sizeof(byte))[0];

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public ParametersId ReadParametersId() => ParametersId.Parse(Take(ParametersId.Size));

    /// <summary>At most 16 KB; valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        Require(count);
        if (_end - _start < count) Fill(count);
        var bytes = _buffer.AsSpan(_start, count);
        _start += count;
        Left -= count;
        return bytes;
    }

    /// <summary>The header of a nested object, which is never compressed.</summary>
    public SealHeader ReadHeader(string name)
    {
        var header = SealHeader.Parse(Take(SealHeader.Length), name);
        if (header.Compression != SealCompression.None) throw new WireFormatException($"The {name} inside the {_name} is compressed; only the outermost object may be.");
        if (header.Version != Version) throw new WireFormatException($"The {name} inside the {_name} says SEAL {header.Version}, the {_name} itself {Version}.");
        return header;
    }

    /// <summary>A row of canonical residues.</summary>
    public void ReadRow(PrimeRing ring, Span<double> destination)
    {
        _words ??= ArrayPool<ulong>.Shared.Rent(ring.Degree);
        var words = _words.AsSpan(0, ring.Degree);
        ReadBytes(MemoryMarshal.AsBytes(words));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
        Residues.RequireCanonical(words, ring.Modulus, _name);
        ring.FromCanonical(words, destination);
    }

    /// <exception cref="WireFormatException">The object would be longer than it may be.</exception>
    public void Require(long count)
    {
        if (count > Left) throw new WireFormatException($"The {_name} is too short: {count} more bytes are needed, {Left} are left.");
    }

    /// <summary>Whether nothing follows; looks one byte further than the body may reach.</summary>
    public bool IsAtEnd()
    {
        Span<byte> one = stackalloc byte[1];
        return _start == _end && Inflater.Read(_body, one, _name) == 0;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer);
        ArrayPool<byte>.Shared.Return(_buffer);
        if (_words is not null) ArrayPool<ulong>.Shared.Return(_words, clearArray: true);
        _words = null;
    }

    private void ReadBytes(Span<byte> destination)
    {
        Require(destination.Length);
        Left -= destination.Length;
        var buffered = Math.Min(_end - _start, destination.Length);
        _buffer.AsSpan(_start, buffered).CopyTo(destination);
        _start += buffered;
        for (destination = destination[buffered..]; !destination.IsEmpty;) destination = destination[Read(destination)..];
    }

    private void Fill(int count)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var most = (int)Math.Min(BufferSize, Left);
        while (_end < count) _end += Read(_buffer.AsSpan(_end, most - _end));
    }

    private int Read(Span<byte> destination)
    {
        var count = Inflater.Read(_body, destination, _name);
        return count > 0 ? count : throw new WireFormatException($"The {_name} ends too early: {Left} more bytes were expected at most.");
    }
}
