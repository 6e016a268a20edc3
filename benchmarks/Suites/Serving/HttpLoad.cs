using System.Diagnostics;
using System.Net;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>Sends the same request over and over on kept-alive connections, one blocking thread each: little work of its own, the same for every server.</summary>
internal static class HttpLoad
{
    /// <param name="endPoint">The server.</param>
    /// <param name="request">Head and body, as they go on the wire.</param>
    /// <param name="connections">At once.</param>
    /// <param name="duration">Counted, after a fifth of it that is not.</param>
    /// <returns>Answers per second. Any answer but 200 throws.</returns>
    public static Task<double> RunAsync(IPEndPoint endPoint, byte[] request, int connections, TimeSpan duration) =>
        RunAsync(endPoint, [.. Enumerable.Repeat(request, connections)], duration);

    /// <param name="endPoint">The server.</param>
    /// <param name="requests">One per connection, over and over.</param>
    /// <param name="duration">Counted, after a fifth of it that is not.</param>
    /// <returns>Answers per second. Any answer but 200 throws.</returns>
    public static async Task<double> RunAsync(IPEndPoint endPoint, IReadOnlyList<byte[]> requests, TimeSpan duration)
    {
        var warmUp = duration / 5;
        var begin = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var end = begin + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var threads = requests
            .Select(request => Task.Factory.StartNew(() => Drive(endPoint, request, begin, end), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        var answers = await Task.WhenAll(threads);
        return answers.Sum() / duration.TotalSeconds;
    }

    private static long Drive(IPEndPoint endPoint, byte[] request, long begin, long end)
    {
        using var connection = new HttpConnection(endPoint);
        var answers = 0L;
        while (true)
        {
            connection.Exchange(request);
            var now = Stopwatch.GetTimestamp();
            if (now >= end) return answers;
            if (now >= begin) answers++;
        }
    }
}
