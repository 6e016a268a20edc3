using System.Collections.Concurrent;

namespace AIaaS.Homomorphic.Circuits.Layouts;

/// <summary>Finds the layout that needs the fewest instances, by trying all.</summary>
internal static class RepetitionSearch
{
    private static readonly ConcurrentDictionary<(int Slots, int Rows, int Columns), int> Periods = new();

    /// <summary>The period with which a vector of <paramref name="columns"/> elements is best repeated for a product with <paramref name="rows"/> rows.</summary>
    /// <remarks>With a period that is a power of two the runs of the rows would all see the same few windows; an odd one spreads them.</remarks>
    public static int Period(int slotCount, int rows, int columns) =>
        Periods.GetOrAdd((slotCount, rows, columns), static key =>
        {
            var layout = RowLayout.InterleavedFor(0, key.Rows);
            return Best(
                Enumerable.Range(key.Columns, key.Slots - key.Columns + 1).Select(period => (period, SlotMap.Periodic(key.Slots, key.Columns, period))),
                layout,
                key.Columns);
        });

    /// <summary>The candidate whose slot map needs the fewest instances, the first of equals.</summary>
    public static int Best(IEnumerable<(int Candidate, SlotMap Map)> candidates, RowLayout layout, int columns)
    {
        var (best, fewest) = (-1, int.MaxValue - 1);
        foreach (var (candidate, map) in candidates)
        {
            // No layout does with fewer than weights over slots.
            if (fewest <= ((long)layout.Count * columns - 1) * layout.Run / ((long)map.SlotCount * layout.Count) + 1) break;
            // One row is a lower bound for all, and fast to count.
            var limit = best < 0 ? fewest : fewest - 1;
            if (best >= 0 && new InstanceCover([map], layout with { Count = 1 }, columns).Count(limit) > limit) continue;
            var count = new InstanceCover([map], layout, columns).Count(limit);
            if (best < 0 || count < fewest) (best, fewest) = (candidate, count);
        }
        return best;
    }
}
