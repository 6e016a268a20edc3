namespace AIaaS.Pipeline.Datasets.Statistics;

/// <summary>Counts rows that are equal to an earlier one, by 64-bit hashes: all of them up to a number of distinct rows, then a sample.</summary>
/// <remarks>
/// When the set is full, only hashes divisible by twice as much are kept and looked at (Wegman's adaptive sampling): the
/// number of duplicates among them, times that divisor, is an unbiased estimate in the memory of the exact count.
/// </remarks>
internal sealed class DuplicateRows(int exactRows)
{
    private readonly HashSet<ulong> _seen = [];
    private long _duplicates;
    private int _shift;

    public void Add(ulong hash)
    {
        if ((hash & Mask) != 0) return;
        if (!_seen.Add(hash))
        {
            _duplicates++;
            return;
        }
        if (_seen.Count <= exactRows) return;
        _shift++;
        _seen.RemoveWhere(seen => (seen & Mask) != 0);
        // Half of the hashes go, and with them the half of the duplicates that would have been theirs.
        _duplicates /= 2;
    }

    private ulong Mask => (1UL << _shift) - 1;

    public DuplicateReport Report() => new(_duplicates << _shift, _shift == 0, exactRows);
}
