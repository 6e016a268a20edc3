using System.Buffers.Binary;

namespace AIaaS.Homomorphic.Wire.Zstd;

/// <summary>Bits from the lowest up; zstd's decoder reads what is written here from its end, or forward for a table's description.</summary>
internal ref struct BackwardBits(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private ulong _bits;
    private int _count;

    /// <summary>Whole bytes so far.</summary>
    public int Length { get; private set; }

    /// <param name="value">Its lowest <paramref name="count"/> bits are written.</param>
    /// <param name="count">At most 32.</param>
    public void Write(uint value, int count)
    {
        _bits |= (value & ((1UL << count) - 1)) << _count;
        _count += count;
        while (_count >= 32)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_destination[Length..], (uint)_bits);
            Length += sizeof(uint);
            _bits >>= 32;
            _count -= 32;
        }
    }

    /// <summary>The bit that tells a decoder where a backward stream begins, then zeros to the byte's end.</summary>
    public void End()
    {
        Write(1, 1);
        Pad();
    }

    /// <summary>Zeros to the byte's end.</summary>
    public void Pad()
    {
        for (; _count > 0; _count -= 8, _bits >>= 8) _destination[Length++] = (byte)_bits;
        _count = 0;
    }
}
