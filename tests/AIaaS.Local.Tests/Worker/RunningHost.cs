using AIaaS.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AIaaS.Local.Tests.Worker;

/// <summary>A host with the functions of some classes, in this process, on a free port, with storage in Azurite.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TestFolder _folder;
    private bool _stopped;

    private RunningHost(IHost host, TestFolder folder) => (_host, _folder) = (host, folder);

    public IServiceProvider Services => _host.Services;

    public HttpClient Client { get; private set; } = null!;

    public static async Task<RunningHost> StartAsync(HostPlan plan)
    {
        var running = Build(plan);
        try
        {
            await running.StartAsync();
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
        var address = running.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        running.Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) };
        return running;
    }

    /// <summary>Built and not started.</summary>
    public static RunningHost Build(HostPlan plan)
    {
        var folder = new TestFolder();
        try
        {
            return new RunningHost(Build(plan, folder), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public Task StartAsync() => _host.StartAsync();

    /// <summary>Stops in good order, as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await _host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_stopped) await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    private static IHost Build(HostPlan plan, TestFolder folder)
    {
        File.WriteAllText(Path.Combine(folder.Path, "host.json"), plan.HostJson);
        if (plan.LocalSettings is { } settings) File.WriteAllText(Path.Combine(folder.Path, "local.settings.json"), settings);
        string[] arguments = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None", .. plan.Settings.Select(setting => "--" + setting)];
        var builder = new FunctionsApplicationBuilder(arguments, plan.Options with { ScriptRoot = folder.Path, FunctionTypes = plan.Functions });
        builder.ConfigureFunctionsWebApplication();
        plan.Configure?.Invoke(builder);
        return builder.Build();
    }
}

internal sealed record HostPlan(params Type[] Functions)
{
    public string HostJson { get; init; } = """{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }""";

    public string? LocalSettings { get; init; }

    /// <summary><c>NAME=value</c> each.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }

    public FunctionsHostOptions Options { get; init; } = new() { BlobPollInterval = TimeSpan.FromMilliseconds(50) };

    public static HostPlan WithStorage(AzuriteFixture azurite, string hostId, params Type[] functions) => new(functions)
    {
        Settings = [$"AzureWebJobsStorage={azurite.ConnectionString}", $"AzureFunctionsWebHost:hostid={hostId}"],
    };
}
