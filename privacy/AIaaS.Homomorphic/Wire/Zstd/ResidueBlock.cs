using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace AIaaS.Homomorphic.Wire.Zstd;

/// <summary>One zstd block of residues below 2^48: five bytes of each word as they are, the upper three as a match with an earlier word that has the same.</summary>
/// <remarks>
/// The five low bytes are random and cannot be made shorter. General compressors code every byte by how frequent its value is, wherever it stands,
/// and so spend 6.7 bytes on a word of 46 bits. A match costs its distance: on average about as many bits as the sixth byte has, and four more.
/// </remarks>
internal sealed class ResidueBlock
{
    /// <summary>zstd's own limit.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>What a block may take before it is seen that it had better stay as it is.</summary>
    public const int BufferBytes = MaxBytes + (MaxBytes / sizeof(ulong) * MostBytesOfAMatch) + MostHeaderBytes;

    private const int LowBytes = 5;
    private const int MatchBytes = 3;
    private const int OffsetCodes = 18;
    private const int RepeatedOffset = 1;
    private const int NewOffset = 3;
    private const int MostHeaderBytes = 256;
    private const int MostBytesOfAMatch = 8;
    private const int TwoByteCount = 128;
    private const int ThreeByteCount = 0x7F00;
    private const byte AllCompressed = 2;
    private const byte AllOne = 1;

    private readonly int[] _last = new int[256];
    private int _repeated = 1;

    /// <param name="words">Whole words, at most <see cref="MaxBytes"/>.</param>
    /// <param name="destination">Of <see cref="BufferBytes"/>.</param>
    /// <returns>The bytes of a compressed block without its header; 0 where the words had better stay as they are.</returns>
    public int Write(ReadOnlySpan<byte> words, Span<byte> destination)
    {
        var count = words.Length / sizeof(ulong);
        var runs = ArrayPool<int>.Shared.Rent(2 * count);
        var literals = ArrayPool<byte>.Shared.Rent(words.Length);
        try
        {
            var before = _repeated;
            var (sequences, literalBytes) = Match(words, literals, runs.AsSpan(0, count), runs.AsSpan(count, count));
            var length = sequences == 0 ? 0 : Encode(literals.AsSpan(0, literalBytes), runs.AsSpan(0, sequences), runs.AsSpan(count, sequences), destination);
            if (length == 0 || length >= words.Length) (length, _repeated) = (0, before);
            return length;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(runs, clearArray: true);
            ArrayPool<byte>.Shared.Return(literals, clearArray: true);
        }
    }

    private (int Sequences, int Literals) Match(ReadOnlySpan<byte> words, byte[] literals, Span<int> lengths, Span<int> offsets)
    {
        Array.Fill(_last, -1);
        var (sequences, used, run) = (0, 0, 0);
        for (var at = 0; at < words.Length; at += sizeof(ulong))
        {
            var upper = BinaryPrimitives.ReadUInt64LittleEndian(words[at..]) >> (8 * LowBytes);
            var earlier = upper < 256 ? _last[upper] : -1;
            if (upper < 256) _last[upper] = at;
            var kept = earlier < 0 ? sizeof(ulong) : LowBytes;
            words.Slice(at, kept).CopyTo(literals.AsSpan(used));
            (used, run) = (used + kept, run + kept);
            if (earlier < 0) continue;
            var offset = at - earlier;
            lengths[sequences] = run;
            offsets[sequences++] = offset == _repeated ? RepeatedOffset : offset + NewOffset;
            (_repeated, run) = (offset, 0);
        }
        return (sequences, used);
    }

    private static int Encode(ReadOnlySpan<byte> literals, ReadOnlySpan<int> lengths, ReadOnlySpan<int> offsets, Span<byte> destination)
    {
        var at = WriteLiterals(literals, destination);
        at += WriteCount(lengths.Length, destination[at..]);
        Span<int> lengthCounts = stackalloc int[LengthCode.Count];
        Span<int> offsetCounts = stackalloc int[OffsetCodes];
        foreach (var length in lengths) lengthCounts[LengthCode.Of(length)]++;
        foreach (var offset in offsets) offsetCounts[BitOperations.Log2((uint)offset)]++;
        var lengthTable = new StateTable(lengthCounts);
        var offsetTable = new StateTable(offsetCounts);
        destination[at++] = (byte)((Mode(lengthTable) << 6) | (Mode(offsetTable) << 4) | (AllOne << 2));
        at += lengthTable.Describe(destination[at..]);
        at += offsetTable.Describe(destination[at..]);
        destination[at++] = MatchBytes - 3;
        return at + WriteSequences(lengths, offsets, lengthTable, offsetTable, destination[at..]);
    }

    private static int Mode(StateTable table) => table.Only >= 0 ? AllOne : AllCompressed;

    // What the decoder reads first is written last.
    private static int WriteSequences(ReadOnlySpan<int> lengths, ReadOnlySpan<int> offsets, StateTable lengthTable, StateTable offsetTable, Span<byte> destination)
    {
        var bits = new BackwardBits(destination);
        var (lengthState, offsetState) = (0, 0);
        for (var i = lengths.Length - 1; i >= 0; i--)
        {
            var (lengthCode, offsetCode) = (LengthCode.Of(lengths[i]), BitOperations.Log2((uint)offsets[i]));
            if (i == lengths.Length - 1)
            {
                (lengthState, offsetState) = (lengthTable.First(lengthCode), offsetTable.First(offsetCode));
            }
            else
            {
                offsetState = offsetTable.Encode(offsetState, offsetCode, ref bits);
                lengthState = lengthTable.Encode(lengthState, lengthCode, ref bits);
            }
            var (extra, width) = LengthCode.Extra(lengths[i], lengthCode);
            bits.Write(extra, width);
            bits.Write((uint)offsets[i], offsetCode);
        }
        offsetTable.WriteState(offsetState, ref bits);
        lengthTable.WriteState(lengthState, ref bits);
        bits.End();
        return bits.Length;
    }

    /// <summary>As they are.</summary>
    private static int WriteLiterals(ReadOnlySpan<byte> literals, Span<byte> destination)
    {
        const uint Raw = 0, SizeOf20Bits = 3;
        var header = Raw | (SizeOf20Bits << 2) | ((uint)literals.Length << 4);
        (destination[0], destination[1], destination[2]) = ((byte)header, (byte)(header >> 8), (byte)(header >> 16));
        literals.CopyTo(destination[3..]);
        return 3 + literals.Length;
    }

    private static int WriteCount(int count, Span<byte> destination)
    {
        if (count < TwoByteCount)
        {
            destination[0] = (byte)count;
            return 1;
        }
        if (count >= ThreeByteCount) throw new InvalidOperationException($"A block has {count} words; {ThreeByteCount - 1} are possible.");
        (destination[0], destination[1]) = ((byte)((count >> 8) + TwoByteCount), (byte)count);
        return 2;
    }
}
