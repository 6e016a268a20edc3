using AIaaS.Pipeline.Datasets;

namespace AIaaS.Training.Learning;

/// <summary>The order of the rows in an epoch, and the seed of its dropout: functions of the job's seed and the epoch's number.</summary>
internal static class EpochOrder
{
    /// <returns>A permutation of 0 … rows-1 (Fisher–Yates).</returns>
    public static long[] Rows(int rows, int seed, int epoch)
    {
        var random = new SplitMix64(Seed(seed, epoch));
        var order = new long[rows];
        for (var i = 0; i < rows; i++) order[i] = i;
        for (var i = rows - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    public static ulong Seed(int seed, int epoch) => SplitMix64.Mix(SplitMix64.Mix((ulong)(uint)seed) + (ulong)epoch);
}
