namespace AIaaS.Benchmarks.Harness;

/// <summary>Measures two things in turns (A B A B …), so that whatever else the machine does falls on both.</summary>
public static class Interleaved
{
    /// <param name="rounds">Measurements of each, after one round of each that is thrown away.</param>
    /// <param name="ours">One measurement.</param>
    /// <param name="theirs">One measurement of the peer.</param>
    public static async Task<(IReadOnlyList<T> Ours, IReadOnlyList<T> Theirs)> RunAsync<T>(int rounds, Func<Task<T>> ours, Func<Task<T>> theirs)
    {
        var both = await RunAsync<T>(rounds, [ours, theirs]);
        return (both[0], both[1]);
    }

    /// <summary>Any number of contenders.</summary>
    /// <returns>The measurements of each, in the order of <paramref name="contenders"/>.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<T>>> RunAsync<T>(int rounds, IReadOnlyList<Func<Task<T>>> contenders)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        foreach (var contender in contenders) await contender();
        var measured = contenders.Select(_ => new List<T>(rounds)).ToList();
        for (var round = 0; round < rounds; round++)
        {
            for (var index = 0; index < contenders.Count; index++) measured[index].Add(await contenders[index]());
        }
        return measured;
    }

    /// <summary>The middle value; the mean of the two middle ones for an even count.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) throw new ArgumentException("There is no median of nothing.", nameof(values));
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
