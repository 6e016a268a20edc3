namespace AIaaS.Pipeline.Datasets;

/// <summary>Gives every row its part, one row after the other, with the exact shares in every block of every class.</summary>
/// <remarks>
/// The rows of a class are counted in blocks of the smallest size that holds whole numbers of all shares (10 for
/// 80/10/10, at most 1000, rounded by largest remainder). Within a block the parts are shuffled (Fisher–Yates) by a
/// SplitMix64 stream seeded with seed, class and block number, so the same rows in the same order always get the same
/// parts, whatever lies between them, and no total must be known beforehand. Not safe for concurrent use.
/// </remarks>
public sealed class StratifiedSplit
{
    private const int MaxBlock = 1000;
    private const double Whole = 1e-6;
    private readonly DatasetSplit[] _pattern;
    private readonly ulong _seed;
    private readonly Dictionary<int, Stratum> _strata = [];

    /// <param name="shares">Checked with <see cref="SplitShares.Check"/>.</param>
    /// <param name="seed">Another seed gives another split.</param>
    public StratifiedSplit(SplitShares shares, long seed)
    {
        _pattern = Pattern(shares.Check());
        _seed = unchecked((ulong)seed);
    }

    /// <summary>Rows after which the shares of a class are exact.</summary>
    public int BlockSize => _pattern.Length;

    /// <summary>The part of the next row of <paramref name="stratum"/>: the class index, or 0 for every row when there are no classes.</summary>
    public DatasetSplit Next(int stratum)
    {
        if (!_strata.TryGetValue(stratum, out var state))
            _strata.Add(stratum, state = new Stratum((DatasetSplit[])_pattern.Clone()));
        if (state.Position == 0) Shuffle(state.Parts, SplitMix64.Mix(SplitMix64.Mix(_seed + (uint)stratum) + state.Block));
        var part = state.Parts[state.Position];
        if (++state.Position == _pattern.Length)
        {
            state.Position = 0;
            state.Block++;
        }
        return part;
    }

    private static void Shuffle(DatasetSplit[] parts, ulong seed)
    {
        // From the sorted pattern each time, so that a block depends on nothing but its own number.
        Array.Sort(parts);
        var random = new SplitMix64(seed);
        for (var i = parts.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (parts[i], parts[j]) = (parts[j], parts[i]);
        }
    }

    private static DatasetSplit[] Pattern(SplitShares shares)
    {
        double[] exact = [shares.Train, shares.Validation, shares.Test];
        var size = Enumerable.Range(1, MaxBlock).FirstOrDefault(n => exact.All(share => Math.Abs(share * n - Math.Round(share * n)) < Whole), MaxBlock);
        var counts = exact.Select(share => (int)Math.Floor(share * size + Whole)).ToArray();
        foreach (var part in Enumerable.Range(0, 3).OrderByDescending(part => exact[part] * size - counts[part]).Take(size - counts.Sum()))
            counts[part]++;
        return [.. counts.SelectMany((count, part) => Enumerable.Repeat((DatasetSplit)part, count))];
    }

    private sealed class Stratum(DatasetSplit[] parts)
    {
        public DatasetSplit[] Parts { get; } = parts;

        public ulong Block { get; set; }

        public int Position { get; set; }
    }
}
