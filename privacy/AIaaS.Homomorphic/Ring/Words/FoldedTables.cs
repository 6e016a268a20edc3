namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Powers of psi, or of its inverse, in bit-reversed order, as <see cref="FoldedFactor"/> wants them.</summary>
internal sealed class FoldedTables
{
    /// <param name="powers">Entry m + j is the factor of block j among m.</param>
    /// <param name="modulus">p.</param>
    public FoldedTables(ReadOnlySpan<ulong> powers, ulong modulus)
    {
        Span<uint> parts = stackalloc uint[FoldedFactor.Parts];
        // The pass over blocks of four values takes its factors a vector at a time; the others one by one.
        var blocks = powers.Length / 4;
        Factors = new uint[blocks * FoldedFactor.Parts];
        for (var i = 0; i < blocks; i++) FoldedFactor.Write(powers[i], modulus, Factors.AsSpan(i * FoldedFactor.Parts));
        Nearest = new ulong[blocks * 6];
        for (var block = 0; block < blocks; block++)
        {
            var first = blocks + block;
            ReadOnlySpan<int> three = [first, 2 * first, 2 * first + 1];
            for (var kind = 0; kind < three.Length; kind++)
            {
                FoldedFactor.Write(powers[three[kind]], modulus, parts);
                var at = block / FoldedLanes.Count * NearestStep + 2 * FoldedLanes.Count * kind + block % FoldedLanes.Count;
                Nearest[at] = parts[0] | (ulong)parts[1] << 32;
                Nearest[at + FoldedLanes.Count] = parts[2] | (ulong)parts[3] << 32;
            }
        }
    }

    /// <summary>Words that four blocks of four values take: the factor at distance 2, then the two at distance 1.</summary>
    public const int NearestStep = 24;

    /// <summary>Factors of all levels but the last two.</summary>
    public uint[] Factors { get; }

    /// <summary>Factors of the last two levels.</summary>
    public ulong[] Nearest { get; }
}
