using AIaaS.Pipeline;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Functions.Tests;

/// <summary>The real Function App in a process of its own, one for all tests, and the pipeline's services over the same storage.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("aiaas-functions-").FullName;
    private readonly AzuriteFixture _azurite = new();
    private FunctionAppProcess? _app;
    private ServiceProvider? _services;
    private ServiceSettings? _settings;

    public HttpClient Http => _app!.Client;

    public string Key => _app!.Key;

    public string Log => _app!.Log;

    /// <summary>The most resident memory so far, in bytes.</summary>
    public long PeakMemory => _app!.PeakMemory;

    public StorageAccount Storage => _services!.GetRequiredService<StorageAccount>();

    public ServiceBusClient Queues => _services!.GetRequiredService<ServiceBusClient>();

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        var settings = _settings = new ServiceSettings(_azurite.ConnectionString, _folder);
        _app = await FunctionAppProcess.StartAsync(settings);
        _services = new ServiceCollection()
            .AddLogging()
            .AddPipeline(new ConfigurationBuilder().AddInMemoryCollection(settings.Environment()).Build())
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        if (_app is not null) await _app.DisposeAsync();
        await _azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Shows the master key: to the service, somebody else.</summary>
    public HttpClient OtherCaller()
    {
        using var file = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "secrets", "host.json")));
        var client = new HttpClient { BaseAddress = Http.BaseAddress };
        client.DefaultRequestHeaders.Add("x-functions-key", file.RootElement.GetProperty("masterKey").GetProperty("value").GetString());
        return client;
    }

    /// <summary>Of the same service, in this process.</summary>
    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    /// <summary>Another instance of the same service, cold.</summary>
    public async Task<FunctionAppProcess> StartAnotherAsync(IReadOnlyDictionary<string, string?> settings) =>
        await FunctionAppProcess.StartAsync(_settings! with { Settings = settings }) ?? throw new InvalidOperationException("The Function App ended before it listened.");

    /// <summary>A ready dataset of two classes.</summary>
    public async Task MakeDatasetAsync(string name)
    {
        using var content = new StringContent("a,b,label\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{row},{row % 7},{(row % 2 == 0 ? "x" : "y")}\n")));
        using var answer = await Http.PutAsync($"datasets/{name}/data.csv", content);
        ((int)answer.StatusCode).ShouldBe(202, await answer.Content.ReadAsStringAsync());
        var datasets = _services!.GetRequiredService<DatasetStore>();
        await UntilAsync(async () => (await datasets.GetAsync(name, default)).Status != DatasetStatus.Ingesting);
        (await datasets.GetAsync(name, default)).Status.ShouldBe(DatasetStatus.Ready, Log);
    }

    /// <summary>Waits for what the app does by itself.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"Not within {Limit.TotalMinutes} min: {what}\n{Log}", exception);
        }
    }
}
