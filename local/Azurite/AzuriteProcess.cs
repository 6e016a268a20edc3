using System.Text.RegularExpressions;

namespace AIaaS.Local;

/// <summary>One running Azurite on free loopback ports. Disposing it ends the process.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    // Azurite's own development account: public knowledge, and bound to loopback here.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly TetheredProcess _process;
    private readonly IReadOnlyDictionary<string, int> _ports;

    private AzuriteProcess(TetheredProcess process, IReadOnlyDictionary<string, int> ports)
    {
        _process = process;
        _ports = ports;
    }

    /// <summary>An Azure Storage connection string with blob, queue and table endpoints.</summary>
    public string ConnectionString => ConnectionStringOf(Account);

    /// <summary>The same for one of <see cref="AzuriteOptions.Accounts"/>.</summary>
    public string ConnectionStringOf(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};" +
        $"BlobEndpoint=http://127.0.0.1:{_ports["Blob"]}/{account};" +
        $"QueueEndpoint=http://127.0.0.1:{_ports["Queue"]}/{account};" +
        $"TableEndpoint=http://127.0.0.1:{_ports["Table"]}/{account};";

    /// <summary>Completes with the exit code when Azurite ends.</summary>
    public Task<int> WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <exception cref="InvalidOperationException">Node or npm is missing, or Azurite did not start; the text says why.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        await NpmPackages.EnsureAsync(options.ProjectRoot, cancellationToken);
        var process = TetheredProcess.Start("node", Arguments(options), Environment(options));
        try
        {
            var ports = await ReadPortsAsync(process, options.StartTimeout ?? TimeSpan.FromSeconds(90), cancellationToken);
            return new AzuriteProcess(process, ports);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Azurite writes its index to disk when it is asked to stop, and loses up to five seconds of it when it is killed.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Dictionary<string, string?> Environment(AzuriteOptions options) => options.Accounts is null ? [] : new(StringComparer.Ordinal)
    {
        ["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Prepend(Account).Select(account => $"{account}:{Key}")),
    };

    private static IEnumerable<string> Arguments(AzuriteOptions options)
    {
        yield return Path.Combine(options.ProjectRoot, "node_modules", "azurite", "dist", "src", "azurite.js");
        foreach (var argument in (string[])["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"])
            yield return argument;
        if (options.Location is { } location)
        {
            Directory.CreateDirectory(location);
            yield return "--location";
            yield return location;
        }
        else
        {
            yield return "--inMemoryPersistence";
        }
    }

    private static async Task<Dictionary<string, int>> ReadPortsAsync(TetheredProcess process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        var errors = LastLineAsync(process.StandardError);
        try
        {
            while (ports.Count < 3)
            {
                var line = await process.StandardOutput.ReadLineAsync(limited.Token) ?? throw await EndedAsync(process, errors);
                if (Listening().Match(line) is { Success: true } match)
                    ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].ValueSpan);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Azurite did not listen within {timeout.TotalSeconds:0} s.", exception);
        }
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return ports;
    }

    private static async Task<InvalidOperationException> EndedAsync(TetheredProcess process, Task<string?> errors)
    {
        const int notFound = 127;
        var code = await process.WaitForExitAsync(CancellationToken.None);
        return new InvalidOperationException(code == notFound
            ? "'node' was not found. Install Node.js 20 or later (https://nodejs.org) and try again."
            : $"Azurite ended before it listened (exit code {code}): {await errors}");
    }

    private static async Task<string?> LastLineAsync(StreamReader errors)
    {
        string? last = null;
        while (await errors.ReadLineAsync(CancellationToken.None) is { } line)
            last = string.IsNullOrWhiteSpace(line) ? last : line;
        return last;
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at http://[^:]+:(?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
