using System.Diagnostics;
using AIaaS.Benchmarks.Harness;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>Times of single operations in this process, in milliseconds.</summary>
internal static class Times
{
    /// <summary>Rounds that alternate with the peer's.</summary>
    public const int Rounds = 5;

    /// <returns>The median.</returns>
    public static double Median(int count, Action operation)
    {
        var times = new double[count];
        foreach (ref var time in times.AsSpan())
        {
            var start = Stopwatch.GetTimestamp();
            operation();
            time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return Interleaved.Median(times);
    }

    /// <summary>Lets the just-in-time compiler finish with what is about to be measured.</summary>
    public static void WarmUp(Action operation, double seconds = 0.3)
    {
        var start = Stopwatch.GetTimestamp();
        do operation();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
    }

    /// <summary>Ours and theirs in turns.</summary>
    /// <param name="ourCount">Of one round; ours is faster, so that more fit.</param>
    /// <param name="ours">One operation.</param>
    /// <param name="theirs">Median of one round.</param>
    /// <returns>Medians of the rounds, in milliseconds.</returns>
    public static async Task<(double Ours, double Theirs)> CompareAsync(int ourCount, Action ours, Func<Task<double>> theirs)
    {
        WarmUp(ours);
        var (a, b) = await Interleaved.RunAsync(Rounds, () => Task.FromResult(Median(ourCount, ours)), theirs);
        return (Interleaved.Median(a), Interleaved.Median(b));
    }
}
