using AIaaS.Benchmarks.Harness;
using AIaaS.Local;
using AIaaS.Pipeline;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Benchmarks.Suites.Ingestion;

/// <summary>The real pipeline over an Azurite that keeps its data on disk.</summary>
internal sealed class IngestionRig : IAsyncDisposable
{
    private const int ShardBytes = 8 << 20;
    private const int Shards = 12;
    public const double ShardMegabytes = (double)ShardBytes * Shards / 1e6;

    private readonly AzuriteProcess _azurite;
    private readonly ServiceProvider _services;
    private int _next;

    private IngestionRig(AzuriteProcess azurite, ServiceProvider services)
    {
        _azurite = azurite;
        _services = services;
    }

    private string Dataset => $"bench-{_next}";

    public static async Task<IngestionRig> StartAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(Path.Combine(context.WorkFolder, "azurite"), context.ProjectRoot), cancellationToken);
        var keys = Directory.CreateDirectory(Path.Combine(context.WorkFolder, "keys")).FullName;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["ServiceBus"] = azurite.ConnectionString,
            ["KeyVaultUri"] = new Uri(keys + "/").AbsoluteUri,
        };
        var services = new ServiceCollection().AddLogging().AddPipeline(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        await services.GetRequiredService<StorageAccount>().EnsureCreatedAsync(cancellationToken);
        return new IngestionRig(azurite, services);
    }

    /// <returns>From the drop being there to the dataset being Ready.</returns>
    public async Task<Cost> IngestAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        await DropAsync(files, cancellationToken);
        return await IngestDroppedAsync(cancellationToken);
    }

    public async Task DropAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        _next++;
        foreach (var file in files)
        {
            await using var stream = File.OpenRead(file);
            await _services.GetRequiredService<DatasetDrop>().PutAsync(Dataset, Path.GetFileName(file), stream, stream.Length, cancellationToken);
        }
    }

    public async Task<Cost> IngestDroppedAsync(CancellationToken cancellationToken)
    {
        DatasetRecord? record = null;
        var cost = await Cost.OfAsync(async () => record = await _services.GetRequiredService<DatasetIngestion>().RunAsync(Dataset, cancellationToken));
        if (record!.Status != DatasetStatus.Ready) throw new InvalidOperationException($"The ingestion ended as {record.Status}: {record.Error?.Message}");
        await _services.GetRequiredService<DatasetStore>().DeleteAsync(Dataset, cancellationToken);
        return cost;
    }

    public async Task<Cost> WriteShardsAsync(bool isEncrypted, CancellationToken cancellationToken)
    {
        var shard = new byte[ShardBytes];
        new Random(5).NextBytes(shard);
        var writer = await _services.GetRequiredService<VaultStore>().OpenWriterAsync(VaultScope.Dataset("bench-shards"), cancellationToken);
        var container = _services.GetRequiredService<StorageAccount>().Container(StorageLayout.ResultsContainer);
        return await Cost.OfAsync(async () =>
        {
            for (var i = 0; i < Shards; i++)
            {
                if (isEncrypted) await writer.WriteAsync($"{writer.Scope.Prefix}v/bench/{i}", shard, cancellationToken);
                else await container.GetBlobClient($"bench/{i}").UploadAsync(BinaryData.FromBytes(shard), overwrite: true, cancellationToken);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _azurite.DisposeAsync();
    }
}
