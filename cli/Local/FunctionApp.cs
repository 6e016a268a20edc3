using AIaaS.Cli.CommandLine;
using AIaaS.Local;

namespace AIaaS.Cli.Local;

/// <summary>The Function App as a child process, started again when it ends by itself, as the platform does in Azure.</summary>
public sealed class FunctionApp : IAsyncDisposable
{
    private const int MostRestarts = 5;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    // Longer than the drain of a request or message under way.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly string _program;
    private readonly Dictionary<string, string?> _settings;
    private readonly LogFile _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _supervision;
    private TetheredProcess _process;

    private FunctionApp(string program, Dictionary<string, string?> settings, LogFile log, TetheredProcess process)
    {
        _program = program;
        _settings = settings;
        _log = log;
        _process = process;
        _supervision = SuperviseAsync();
    }

    /// <summary>Fails when the app has ended more often than it is started again.</summary>
    public Task Supervision => _supervision;

    /// <summary>Returns once /health/ready says yes and the key in <paramref name="secrets"/> is accepted: another service may have taken the port in between, and be ready.</summary>
    /// <exception cref="CliException">It ended or was not ready in time; the message ends with its last lines of log.</exception>
    public static async Task<FunctionApp> StartAsync(
        string program, Uri url, string secrets, Dictionary<string, string?> settings, LogFile log, CancellationToken cancellationToken)
    {
        var process = Launch(program, settings);
        var logging = log.PumpAsync(process);
        try
        {
            await ReadyAsync(process, logging, url, secrets, log, cancellationToken);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
        return new FunctionApp(program, settings, log, process);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _process.DisposeAsync();
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private static TetheredProcess Launch(string program, Dictionary<string, string?> settings) =>
        TetheredProcess.Start(Components.Dotnet, [program], settings, Path.GetDirectoryName(program), Grace);

    private static async Task ReadyAsync(TetheredProcess process, Task logging, Uri url, string secrets, LogFile log, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
        var started = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync(http, secrets, cancellationToken))
        {
            if (process.HasExited)
            {
                await logging;
                throw new CliException(ExitCodes.Failed, $"The Function App ended with exit code {process.ExitCode}:\n{log.Tail(10)}");
            }
            if (TimeProvider.System.GetElapsedTime(started) > StartTimeout)
                throw new CliException(ExitCodes.Failed, $"The Function App was not ready within {StartTimeout.TotalMinutes:0} minutes:\n{log.Tail(10)}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string secrets, CancellationToken cancellationToken)
    {
        try
        {
            using var ready = await http.GetAsync("health/ready", cancellationToken);
            if (!ready.IsSuccessStatusCode || !AccessKeys.Exist(secrets)) return false;
            using var request = new HttpRequestMessage(HttpMethod.Get, "datasets") { Headers = { { "x-functions-key", AccessKeys.ReadDefault(secrets) } } };
            using var ours = await http.SendAsync(request, cancellationToken);
            return ours.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task SuperviseAsync()
    {
        for (var restarts = 0; ; restarts++)
        {
            var code = await _process.WaitForExitAsync(CancellationToken.None);
            if (_stopping.IsCancellationRequested) return;
            if (restarts == MostRestarts)
                throw new CliException(ExitCodes.Failed, $"The Function App ended {restarts + 1} times, last with exit code {code}:\n{_log.Tail(10)}");
            _log.Write($"The Function App ended with exit code {code}; it is started again.");
            await Task.Delay(TimeSpan.FromSeconds(1 << restarts), _stopping.Token);
            _process = Launch(_program, _settings);
            _ = _log.PumpAsync(_process);
        }
    }
}
