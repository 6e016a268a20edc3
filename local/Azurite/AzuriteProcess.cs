using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AIaaS.Local;

/// <summary>One running Azurite on free loopback ports. Disposing it ends the process.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    // Azurite's own development account: public knowledge, and bound to loopback here.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;

    private AzuriteProcess(Process process, IReadOnlyDictionary<string, int> ports)
    {
        _process = process;
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};" +
            $"BlobEndpoint=http://127.0.0.1:{ports["Blob"]}/{Account};" +
            $"QueueEndpoint=http://127.0.0.1:{ports["Queue"]}/{Account};" +
            $"TableEndpoint=http://127.0.0.1:{ports["Table"]}/{Account};";
    }

    /// <summary>An Azure Storage connection string with blob, queue and table endpoints.</summary>
    public string ConnectionString { get; }

    public int ProcessId => _process.Id;

    /// <exception cref="InvalidOperationException">Node or npm is missing, or Azurite did not start; the text says why.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        await NpmPackages.EnsureAsync(options.ProjectRoot, cancellationToken);
        var process = Process.Start(StartInfo(options))
            ?? throw new InvalidOperationException("Azurite could not be started: 'node' did not run. Install Node.js 20 or later.");
        try
        {
            var ports = await ReadPortsAsync(process, options.StartTimeout ?? TimeSpan.FromSeconds(90), cancellationToken);
            return new AzuriteProcess(process, ports);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(AzuriteOptions options)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(options.ProjectRoot, "node_modules", "azurite", "dist", "src", "azurite.js"));
        foreach (var argument in (string[])["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"])
            start.ArgumentList.Add(argument);
        if (options.Location is { } location)
        {
            Directory.CreateDirectory(location);
            start.ArgumentList.Add("--location");
            start.ArgumentList.Add(location);
        }
        else
        {
            start.ArgumentList.Add("--inMemoryPersistence");
        }
        return start;
    }

    private static async Task<Dictionary<string, int>> ReadPortsAsync(Process process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            while (ports.Count < 3)
            {
                var line = await process.StandardOutput.ReadLineAsync(limited.Token)
                    ?? throw new InvalidOperationException($"Azurite ended before it listened (exit code {(process.HasExited ? process.ExitCode : -1)}).");
                if (Listening().Match(line) is { Success: true } match)
                    ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].ValueSpan);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Azurite did not listen within {timeout.TotalSeconds:0} s.", exception);
        }
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return ports;
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at http://[^:]+:(?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
