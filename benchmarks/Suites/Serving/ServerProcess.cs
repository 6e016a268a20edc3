using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AIaaS.Local;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>A server in a process of its own, listening on a free loopback port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly TetheredProcess _process;
    private readonly Task _drains;

    private ServerProcess(TetheredProcess process, int port, Task drains)
    {
        _process = process;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
        _drains = drains;
    }

    public IPEndPoint EndPoint { get; }

    public Uri Address => new($"http://{EndPoint}");

    /// <param name="program">"dotnet" or "node".</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="environment">On top of this process's.</param>
    /// <param name="listening">A line with the port in the group "port".</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<ServerProcess> StartAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, Regex listening, CancellationToken cancellationToken)
    {
        var process = TetheredProcess.Start(program, arguments, environment);
        try
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limited.CancelAfter(StartTimeout);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            while (await process.StandardOutput.ReadLineAsync(limited.Token) is { } line)
            {
                if (listening.Match(line) is not { Success: true } match) continue;
                var port = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
                return new ServerProcess(process, port, Task.WhenAll(errors, process.StandardOutput.ReadToEndAsync(CancellationToken.None)));
            }
            throw new InvalidOperationException($"'{program}' ended before it listened: {await errors}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Of the program and everything it started.</summary>
    public TimeSpan CpuTime() => Descendants(_process.ShellId).Aggregate(TimeSpan.Zero, static (sum, id) => sum + Harness.ProcessUsage.CpuTime(id));

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _drains;
    }

    private static IEnumerable<int> Descendants(int ancestor)
    {
        var parents = Process.GetProcesses().Select(process => process.Id).Select(id => (id, parent: ParentOf(id))).ToLookup(pair => pair.parent, pair => pair.id);
        var waiting = new Queue<int>(parents[ancestor]);
        while (waiting.TryDequeue(out var id))
        {
            yield return id;
            foreach (var child in parents[id]) waiting.Enqueue(child);
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // Gone since it was listed.
            return 0;
        }
    }
}
