using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Apache.Arrow;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Pipeline.Tests.Datasets;

/// <summary>The real pipeline over Azurite and a key ring of its own, with one dataset of a unique name.</summary>
public sealed class DatasetRig : IAsyncDisposable
{
    private static int s_next;
    private readonly string _keys = Directory.CreateTempSubdirectory("aiaas-keys-").FullName;
    private readonly ServiceProvider _services;

    private DatasetRig(string connectionString, DatasetLimits? limits)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = connectionString,
            ["ServiceBus"] = connectionString,
            ["KeyVaultUri"] = new Uri(_keys + "/").AbsoluteUri,
        };
        var services = new ServiceCollection().AddLogging().AddPipeline(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        if (limits is not null) services.AddSingleton(limits);
        _services = services.BuildServiceProvider();
        Name = $"set-{Environment.ProcessId}-{Interlocked.Increment(ref s_next)}";
    }

    public string Name { get; }

    public DatasetStore Store => Get<DatasetStore>();

    public DatasetDrop Drop => Get<DatasetDrop>();

    public DatasetReader Reader => Get<DatasetReader>();

    public DatasetSweep Sweep => Get<DatasetSweep>();

    public StorageAccount Storage => Get<StorageAccount>();

    public static async Task<DatasetRig> StartAsync(AzuriteFixture azurite, DatasetLimits? limits = null)
    {
        var rig = new DatasetRig(azurite.ConnectionString, limits);
        await rig.Storage.EnsureCreatedAsync(CancellationToken.None);
        return rig;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task PutAsync(string file, string text) => PutAsync(file, Encoding.UTF8.GetBytes(text));

    /// <summary>Drops into storage directly, as users with rights on the container do.</summary>
    public Task PutAsync(string file, byte[] content) => Blob(file).UploadAsync(BinaryData.FromBytes(content), overwrite: true);

    public BlobClient Blob(string file) => Storage.Container(StorageLayout.DatasetsContainer).GetBlobClient($"{Name}/{file}");

    public Task<DatasetRecord> IngestAsync() => Get<DatasetIngestion>().RunAsync(Name, CancellationToken.None);

    public async Task<DatasetRecord> IngestAsync(string file, string text)
    {
        await PutAsync(file, text);
        return await IngestAsync();
    }

    public async Task<DatasetRecord> IngestAsync(string file, byte[] content)
    {
        await PutAsync(file, content);
        return await IngestAsync();
    }

    public Task<OpenDataset> OpenAsync(string? version = null) => Reader.OpenAsync(Name, version, CancellationToken.None);

    public async Task<List<RecordBatch>> ReadAsync()
    {
        var batches = new List<RecordBatch>();
        await foreach (var batch in (await OpenAsync()).ReadAsync(CancellationToken.None)) batches.Add(batch);
        return batches;
    }

    public async Task<List<string>> DroppedAsync()
    {
        var names = new List<string>();
        await foreach (var blob in Storage.Container(StorageLayout.DatasetsContainer).GetBlobsAsync(new() { Prefix = Name + "/" }, CancellationToken.None)) names.Add(blob.Name);
        return names;
    }

    public async Task<List<string>> VaultAsync()
    {
        var names = new List<string>();
        await foreach (var blob in Storage.Container(StorageLayout.VaultContainer).GetBlobsAsync(new() { Prefix = $"datasets/{Name}/" }, CancellationToken.None)) names.Add(blob.Name);
        return names;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }
}
