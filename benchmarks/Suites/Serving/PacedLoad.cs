using System.Diagnostics;
using System.Net;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>
/// Open loop: requests are due at random (Poisson) times whether or not earlier ones are answered, and each latency counts from when its
/// request was due. One thread watches the clock and all connections.
/// </summary>
/// <remarks>
/// The thread gives up its core whenever it has nothing to do (sched_yield) instead of sleeping or spinning: sleeping would add the time the
/// system takes to wake it, and spinning would keep the server, which shares the cores, waiting for the end of a time slice.
/// </remarks>
internal static class PacedLoad
{
    private const int Connections = 16;
    private const int Seed = 3;

    /// <param name="endPoint">The server.</param>
    /// <param name="request">Head and body, as they go on the wire.</param>
    /// <param name="perSecond">Mean rate.</param>
    /// <param name="count">Requests that count, after a second's worth that does not.</param>
    /// <returns>Latencies in seconds, ascending.</returns>
    public static double[] Run(IPEndPoint endPoint, byte[] request, int perSecond, int count)
    {
        var connections = Enumerable.Range(0, Connections).Select(_ => new HttpConnection(endPoint)).ToList();
        try
        {
            return Drive(connections, request, perSecond, perSecond + count)[perSecond..].Order().ToArray();
        }
        finally
        {
            foreach (var connection in connections) connection.Dispose();
        }
    }

    /// <summary>The same arrivals for work in this process, one after the other: caches are as cold between two calls as they are in a server.</summary>
    /// <returns>Seconds each piece of work took, ascending.</returns>
    public static double[] Pace(int perSecond, int count, Action work)
    {
        var seconds = new double[count];
        var arrivals = new Arrivals(perSecond);
        for (var index = 0; index < count; index++)
        {
            while (Stopwatch.GetTimestamp() < arrivals.Due) Thread.Yield();
            var started = Stopwatch.GetTimestamp();
            work();
            seconds[index] = Stopwatch.GetElapsedTime(started).TotalSeconds;
            arrivals.Next();
        }
        Array.Sort(seconds);
        return seconds;
    }

    public static double Quantile(double[] ascending, double quantile) => ascending[(int)Math.Min(ascending.Length - 1, quantile * ascending.Length)];

    private static double[] Drive(List<HttpConnection> connections, byte[] request, int perSecond, int count)
    {
        var free = new Stack<HttpConnection>(connections);
        var busy = new List<(HttpConnection Connection, int Index, long Due)>(connections.Count);
        var latencies = new double[count];
        var arrivals = new Arrivals(perSecond);
        for (var sent = 0; sent < count || busy.Count > 0;)
        {
            if (sent < count && free.Count > 0 && Stopwatch.GetTimestamp() >= arrivals.Due)
            {
                var connection = free.Pop();
                connection.Send(request);
                busy.Add((connection, sent++, arrivals.Due));
                arrivals.Next();
            }
            var answered = 0;
            for (var index = busy.Count - 1; index >= 0; index--)
            {
                var (connection, number, due) = busy[index];
                if (!connection.Poll()) continue;
                latencies[number] = Stopwatch.GetElapsedTime(due).TotalSeconds;
                free.Push(connection);
                busy.RemoveAt(index);
                answered++;
            }
            if (answered == 0) Thread.Yield();
        }
        return latencies;
    }

    /// <summary>Exponential gaps, seeded: every run has the same ones.</summary>
    private sealed class Arrivals(int perSecond)
    {
        private readonly Random _random = new(Seed);

        public long Due { get; private set; } = Stopwatch.GetTimestamp();

        public void Next() => Due += (long)(-Math.Log(1 - _random.NextDouble()) / perSecond * Stopwatch.Frequency);
    }
}
