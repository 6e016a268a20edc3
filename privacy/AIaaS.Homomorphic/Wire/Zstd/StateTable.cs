using System.Numerics;

namespace AIaaS.Homomorphic.Wire.Zstd;

/// <summary>Finite state entropy coding of one kind of symbol (RFC 8878, section 4.1): frequent symbols take fractions of a bit.</summary>
/// <remarks>Frequencies are shares of 2^<see cref="AccuracyLog"/>, none of them below one share. A single symbol needs no bits at all.</remarks>
internal sealed class StateTable
{
    private const int AccuracyLog = 8;
    private const int Size = 1 << AccuracyLog;
    private const int SmallestLog = 5;

    private readonly int[] _shares;
    private readonly ushort[][] _states;

    /// <param name="counts">Of every symbol; at least one is not zero, and no more than 64 are.</param>
    public StateTable(ReadOnlySpan<int> counts)
    {
        _shares = Shares(counts);
        _states = Array.ConvertAll(_shares, share => new ushort[share]);
        var taken = new int[_shares.Length];
        // States in ascending order: a symbol's first state stands for the fewest shares.
        var symbols = Spread(_shares);
        for (var state = 0; state < Size; state++) _states[symbols[state]][taken[symbols[state]]++] = (ushort)state;
        Only = Array.IndexOf(_shares, Size);
    }

    /// <summary>The symbol when there is one only; -1 otherwise.</summary>
    public int Only { get; }

    /// <summary>Of the symbol that is decoded last.</summary>
    public int First(int symbol) => Only >= 0 ? 0 : _states[symbol][0];

    /// <summary>Steps back to a state of this symbol and writes the bits that lead from there to the state so far.</summary>
    public int Encode(int state, int symbol, ref BackwardBits bits)
    {
        if (Only >= 0) return 0;
        var share = _shares[symbol];
        var next = state + Size;
        var count = BitOperations.Log2((uint)next) - BitOperations.Log2((uint)share);
        if (next >> count < share) count--;
        bits.Write((uint)next, count);
        return _states[symbol][(next >> count) - share];
    }

    public void WriteState(int state, ref BackwardBits bits)
    {
        if (Only < 0) bits.Write((uint)state, AccuracyLog);
    }

    /// <returns>Bytes written: the symbol itself when it is the only one.</returns>
    public int Describe(Span<byte> destination)
    {
        if (Only >= 0)
        {
            destination[0] = (byte)Only;
            return 1;
        }
        var bits = new BackwardBits(destination);
        bits.Write(AccuracyLog - SmallestLog, 4);
        var left = Size;
        for (var symbol = 0; left > 0; symbol++)
        {
            WriteShare(_shares[symbol], left, ref bits);
            left -= _shares[symbol];
            if (_shares[symbol] > 0) continue;
            var zeros = 0;
            while (_shares[symbol + 1 + zeros] == 0) zeros++;
            symbol += zeros;
            for (; zeros >= 3; zeros -= 3) bits.Write(3, 2);
            bits.Write((uint)zeros, 2);
        }
        bits.Pad();
        return bits.Length;
    }

    // A value up to left + 1 takes as many bits as that has, or one less while it is among the smallest.
    private static void WriteShare(int share, int left, ref BackwardBits bits)
    {
        var (value, most) = (share + 1, left + 1);
        var width = BitOperations.Log2((uint)most) + 1;
        var shorter = (1 << width) - 1 - most;
        if (value < shorter) bits.Write((uint)value, width - 1);
        else bits.Write((uint)(value < 1 << (width - 1) ? value : value + shorter), width);
    }

    private static int[] Shares(ReadOnlySpan<int> counts)
    {
        long total = 0;
        foreach (var count in counts) total += count;
        var shares = new int[counts.Length];
        var (sum, largest) = (0, 0);
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0) shares[symbol] = (int)Math.Max(1, counts[symbol] * (long)Size / total);
            sum += shares[symbol];
            if (shares[symbol] > shares[largest]) largest = symbol;
        }
        shares[largest] += Size - sum;
        return shares;
    }

    private static byte[] Spread(int[] shares)
    {
        const int Step = (Size >> 1) + (Size >> 3) + 3;
        var symbols = new byte[Size];
        var position = 0;
        for (var symbol = 0; symbol < shares.Length; symbol++)
            for (var i = 0; i < shares[symbol]; i++, position = (position + Step) & (Size - 1))
                symbols[position] = (byte)symbol;
        return symbols;
    }
}
