using System.Diagnostics;
using System.Net;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>Requests at a fixed rate on one connection; each latency counts from when the request was due, not from when it was sent.</summary>
internal static class PacedLoad
{
    /// <returns>Latencies in seconds, ascending.</returns>
    public static double[] Run(IPEndPoint endPoint, byte[] request, int perSecond, int count)
    {
        using var connection = new HttpConnection(endPoint);
        for (var warmUp = 0; warmUp < perSecond; warmUp++) connection.Exchange(request, spin: true);
        return Pace(perSecond, count, () => connection.Exchange(request, spin: true));
    }

    /// <summary>The same pace for work in this process: caches are as cold between two calls as they are in a server.</summary>
    public static double[] Pace(int perSecond, int count, Action work)
    {
        var interval = Stopwatch.Frequency / (double)perSecond;
        var latencies = new double[count];
        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < count; index++)
        {
            var due = start + (long)(index * interval);
            while (Stopwatch.GetTimestamp() < due) Thread.SpinWait(10);
            work();
            latencies[index] = (Stopwatch.GetTimestamp() - due) / (double)Stopwatch.Frequency;
        }
        Array.Sort(latencies);
        return latencies;
    }

    public static double Quantile(double[] ascending, double quantile) => ascending[(int)Math.Min(ascending.Length - 1, quantile * ascending.Length)];
}
