using System.Text;
using AIaaS.Pipeline;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Registry;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AIaaS.EndToEnd.Faults;

/// <summary>A storage account, a folder of keys, and the pipeline's own services over both to look at what processes left behind.</summary>
public sealed class World : IAsyncDisposable
{
    public const string Name = "flowers";

    private readonly ServiceProvider _services;
    private readonly string _folder = Directory.CreateTempSubdirectory("aiaas-world-").FullName;

    /// <param name="storage">Connection string of an empty account.</param>
    /// <param name="queueOptions">Locks are short here, so that a dead process's message comes back soon.</param>
    /// <param name="settings">On top of fast sweeps and short leases.</param>
    public World(string storage, string queueOptions = "LockSeconds=3;", IReadOnlyDictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SweepSchedule"] = "*/3 * * * * *",
            ["SweepMinimumAge"] = "00:00:02",
            ["Jobs__LeaseSeconds"] = "5",
            ["Jobs__SubmitGraceSeconds"] = "2",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) all[name] = value;
        Settings = new ServiceSettings(storage, _folder, queueOptions, all);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings.Environment().Select(pair =>
            KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        _services = services.AddPipeline(configuration).BuildServiceProvider();
    }

    public ServiceSettings Settings { get; }

    public StorageAccount Storage => _services.GetRequiredService<StorageAccount>();

    public DatasetStore Datasets => _services.GetRequiredService<DatasetStore>();

    public JobStore Jobs => _services.GetRequiredService<JobStore>();

    public ModelRegistry Models => _services.GetRequiredService<ModelRegistry>();

    public ServiceBusClient Queues => _services.GetRequiredService<ServiceBusClient>();

    /// <summary>Two kinds of flowers by three lengths, 120 rows, the same for the same seed.</summary>
    public static byte[] Flowers(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("sepal,petal,stem,label\n");
        for (var row = 0; row < 120; row++)
        {
            var kind = row % 2;
            text.Append($"{3 + kind + random.NextDouble():0.000},{1 + 3 * kind + random.NextDouble():0.000},{9 + random.NextDouble():0.000},{(kind == 0 ? "aster" : "rose")}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static string Job(int seed) => $$"""
        type: training
        dataset: {{Name}}
        model: {{Name}}
        task: classification
        family: { name: mlp, hidden: [8] }
        training: { num_train_epochs: 4, per_device_train_batch_size: 16, seed: {{seed}} }
        limits: { max_attempts: 5 }
        """;

    /// <summary>Names of files in the clear that are still in the drop zone.</summary>
    public async Task<IReadOnlyList<string>> DropsAsync() =>
        [.. (await Storage.Container(StorageLayout.DatasetsContainer).GetBlobsAsync().ToListAsync()).Select(blob => blob.Name)];

    /// <summary>Names of encrypted blobs.</summary>
    public async Task<IReadOnlyList<string>> VaultAsync(string prefix) =>
        [.. (await Storage.Container(StorageLayout.VaultContainer).GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }).ToListAsync()).Select(blob => blob.Name)];

    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> DeadLettersAsync(string queue)
    {
        await using var receiver = Queues.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        return await receiver.PeekMessagesAsync(100);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
