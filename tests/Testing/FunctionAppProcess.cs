using System.Text.Json;
using System.Text.RegularExpressions;
using AIaaS.Local;

namespace AIaaS.Testing;

/// <summary>The Function App as it was built, in a process of its own, on a free port.</summary>
public sealed partial class FunctionAppProcess : IAsyncDisposable
{
    private readonly TetheredProcess _process;
    private readonly ProcessLog _log;
    private readonly Task _pumps;

    private FunctionAppProcess(TetheredProcess process, ProcessLog log, Task pumps, Uri address, string key)
    {
        _process = process;
        _log = log;
        _pumps = pumps;
        Key = key;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        Client.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    /// <summary>Sends the function key with every request.</summary>
    public HttpClient Client { get; }

    public string Key { get; }

    public string Log => _log.Text;

    /// <summary>The most resident memory so far, in bytes.</summary>
    public long PeakMemory => ProcessMemory.PeakOfChildren(_process.ShellId);

    public bool HasExited => _process.HasExited;

    /// <returns>When it listens. Null when it ended before that, which is what <paramref name="fault"/> may be for.</returns>
    /// <exception cref="InvalidOperationException">It ended by itself; the text holds its output.</exception>
    public static async Task<FunctionAppProcess?> StartAsync(ServiceSettings settings, string? fault = null, CancellationToken cancellationToken = default)
    {
        var process = TetheredProcess.Start("dotnet", [BuiltApp.Find("AIaaS.Functions")], settings.Environment(fault), grace: TimeSpan.FromSeconds(15));
        var log = new ProcessLog();
        var listening = log.WaitForLineAsync(line => Listening().IsMatch(line));
        var pumps = Task.WhenAll(log.PumpAsync(process.StandardOutput), log.PumpAsync(process.StandardError));
        await Task.WhenAny(listening, pumps).WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        if (listening.IsCompleted)
            return new FunctionAppProcess(process, log, pumps, new Uri(Listening().Match(await listening).Groups["address"].Value), await ReadKeyAsync(settings, cancellationToken));
        await process.DisposeAsync();
        return fault is not null ? null : throw new InvalidOperationException($"The Function App ended before it listened:\n{log.Text}");
    }

    /// <summary>Completes when the process is gone, with its exit code: 137 after kill -9.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        var code = await _process.WaitForExitAsync(cancellationToken);
        await _pumps;
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        await _pumps;
    }

    private static async Task<string> ReadKeyAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(settings.SecretsFolder, "host.json"), cancellationToken));
        return file.RootElement.GetProperty("functionKeys")[0].GetProperty("value").GetString()!;
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
