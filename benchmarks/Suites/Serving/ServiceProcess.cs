using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using AIaaS.Benchmarks.Harness;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>The Function App as it was built, in a process of its own, ready.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private ServiceProcess(ServerProcess server, string key, TimeSpan startTime) => (Server, Key, StartTime) = (server, key, startTime);

    public ServerProcess Server { get; }

    /// <summary>A function key; the same after a restart in the same work folder.</summary>
    public string Key { get; }

    /// <summary>From starting the process to its first 200 on /v2/health/ready.</summary>
    public TimeSpan StartTime { get; }

    /// <param name="context">Its work folder holds the secrets.</param>
    /// <param name="settings">Storage, queues and vault.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<ServiceProcess> StartAsync(SuiteContext context, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var secrets = Path.Combine(context.WorkFolder, "secrets");
        var environment = new Dictionary<string, string?>(settings, StringComparer.Ordinal)
        {
            ["AzureWebJobsSecretsFolder"] = secrets,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Production",
        };
        var server = await ServerProcess.StartAsync("dotnet", [context.BuiltProgram("AIaaS.Functions")], environment, Listens(), cancellationToken);
        await ReadyAsync(server.Address, cancellationToken);
        var startTime = Stopwatch.GetElapsedTime(started);
        using var key = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(secrets, "host.json"), cancellationToken));
        return new ServiceProcess(server, key.RootElement.GetProperty("functionKeys")[0].GetProperty("value").GetString()!, startTime);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static async Task ReadyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        while (!(await client.GetAsync("v2/health/ready", cancellationToken)).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
    }

    [GeneratedRegex(@"Now listening on: http://[^:]+:(?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listens();
}
