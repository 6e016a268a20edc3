using System.Buffers.Binary;
using System.Text.Json;
using AIaaS.Pipeline;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using AIaaS.Training.Data;
using AIaaS.Training.Jobs;
using AIaaS.Training.Tests.Data;
using AIaaS.Training.Tests.Learning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Training.Tests.Jobs;

/// <summary>The pipeline and the trainer in this process, on Azurite and a vault folder that trainer processes can share.</summary>
internal sealed class TrainingService : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TrainingService(ServiceProvider services, ServiceSettings settings)
    {
        _services = services;
        Settings = settings;
    }

    public ServiceSettings Settings { get; }

    public JobStore Jobs => Get<JobStore>();

    public static async Task<TrainingService> StartAsync(AzuriteFixture azurite)
    {
        var settings = new ServiceSettings(
            azurite.ConnectionString, Directory.CreateTempSubdirectory("aiaas-training-").FullName, QueueOptions: ";LockSeconds=2;MaxDeliveryCount=50;",
            new Dictionary<string, string?> { ["Jobs__LeaseSeconds"] = "5" });
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Environment().Select(pair => new KeyValuePair<string, string?>(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value))).Build();
        var services = new ServiceCollection().AddLogging().AddPipeline(configuration).AddSingleton<JobRunner>().AddSingleton<JobWorker>();
        var service = new TrainingService(services.BuildServiceProvider(), settings);
        await service.Get<StorageAccount>().EnsureCreatedAsync(CancellationToken.None);
        return service;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Drops real digits as IDX files and ingests them.</summary>
    public async Task IngestDigitsAsync(string dataset, int perClass)
    {
        var rows = Digits.Rows(0, perClass).Chunks[0];
        var drop = Get<DatasetDrop>();
        await PutAsync(drop, dataset, "train-images-idx3-ubyte", [0, 0, 8, 3], [rows.Rows, 28, 28], ((ImageValues)rows.Columns[0]).Values);
        await PutAsync(drop, dataset, "train-labels-idx1-ubyte", [0, 0, 8, 1], [rows.Rows], [.. rows.Labels.Select(label => (byte)label)]);
        (await Get<DatasetIngestion>().RunAsync(dataset, CancellationToken.None)).Status.ShouldBe(DatasetStatus.Ready);
    }

    public static TrainingJob Job(string dataset, string model, int epochs, TimeSpan? timeout = null) => new(
        "training", dataset, model, TrainingTask.Classification, new FamilySpec("mlp", [16], [], 0.1), TrainerSetup.Arguments with { NumTrainEpochs = epochs },
        TestSize: null, TrainingDevice.Auto, new JobLimits(timeout ?? TimeSpan.FromMinutes(10), 5), null, new Dictionary<string, string>());

    public Task<JobRecord> SubmitAsync(string id, TrainingJob job) => Get<JobSubmission>().SubmitAsync(id, job, traceParent: null, CancellationToken.None);

    /// <summary>Starts worker after worker, as KEDA does, until the job has an end.</summary>
    /// <param name="id">The job.</param>
    /// <param name="work">One worker; null for one in this process.</param>
    public async Task<JobRecord> FinishAsync(string id, Func<Task>? work = null)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        while (true)
        {
            var job = await Jobs.GetAsync(id, bound.Token);
            if (job.IsFinal) return job;
            bound.Token.ThrowIfCancellationRequested();
            await (work?.Invoke() ?? Get<JobWorker>().RunOnceAsync(bound.Token));
        }
    }

    public async Task<byte[]> ReadAsync(ModelVersion version, string file)
    {
        var reader = await Get<VaultStore>().OpenReaderAsync(VaultScope.Model(version.Model), version.ManifestBlob, CancellationToken.None);
        return await reader.ReadAsync(reader.Find(file), CancellationToken.None);
    }

    public async Task<JsonElement> CardAsync(ModelVersion version)
    {
        using var card = JsonDocument.Parse(await ReadAsync(version, "card.json"));
        return card.RootElement.Clone();
    }

    public Task<ModelVersion> ModelAsync(string model) => Get<ModelRegistry>().ResolveAsync(model, null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Settings.DataFolder, recursive: true);
    }

    private static async Task PutAsync(DatasetDrop drop, string dataset, string file, byte[] magic, int[] sizes, byte[] values)
    {
        var content = new byte[magic.Length + (4 * sizes.Length) + values.Length];
        magic.CopyTo(content, 0);
        for (var i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(magic.Length + (4 * i)), sizes[i]);
        values.CopyTo(content, content.Length - values.Length);
        using var stream = new MemoryStream(content);
        await drop.PutAsync(dataset, file, stream, content.Length, CancellationToken.None);
    }
}
