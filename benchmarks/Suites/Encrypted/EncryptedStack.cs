using System.Text;
using AIaaS.Benchmarks.Harness;
using AIaaS.Benchmarks.Suites.Serving;
using AIaaS.Benchmarks.Suites.Training;
using AIaaS.Client;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>Jobs that train for encrypted inference, and the service that serves what they publish.</summary>
internal sealed class EncryptedStack : IAsyncDisposable
{
    private readonly SuiteContext _context;
    private readonly TrainingJobs _jobs;
    private readonly HashSet<string> _ingested = [];
    private ServiceProcess? _service;

    private EncryptedStack(SuiteContext context, TrainingJobs jobs) => (_context, _jobs) = (context, jobs);

    public ServiceProcess Service => _service ?? throw new InvalidOperationException("The service was not started.");

    public static async Task<EncryptedStack> StartAsync(SuiteContext context, CancellationToken cancellationToken) =>
        new(context, await TrainingJobs.StartAsync(context, cancellationToken));

    /// <summary>Trains by the recipe for encrypted inference, from the same seed every time, and publishes.</summary>
    /// <param name="model">What to call it.</param>
    /// <param name="images">What to train on.</param>
    /// <param name="shape">Layers.</param>
    /// <param name="epochs">Over the training rows.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public async Task<NetworkFile> TrainAsync(string model, TestImages images, EncryptedShape shape, int epochs, CancellationToken cancellationToken)
    {
        if (_ingested.Add(images.Dataset)) await images.IngestAsync(_jobs, _context.WorkFolder, cancellationToken);
        _context.Log($"Training {model} for {epochs} epochs …");
        await _jobs.TrainAsync(
            JobFile.Parse(Encoding.UTF8.GetBytes(
                $"{{dataset: {images.Dataset}, model: {model}, task: classification, family: {{{shape.Family}}}, privacy: {{inference: ckks, reference: none}}, device: cpu, training: {{num_train_epochs: {epochs}}}}}")),
            cancellationToken);
        var version = await _jobs.Get<ModelRegistry>().ResolveAsync(model, versionOrAlias: null, cancellationToken);
        var reader = await _jobs.Get<VaultStore>().OpenReaderAsync(VaultScope.Model(model), version.ManifestBlob, cancellationToken);
        return NetworkFile.Read(await reader.ReadAsync(reader.Find(version.NetworkBlob!), cancellationToken));
    }

    /// <summary>Starts the service, or another process in its place: memory is empty, storage is as it was.</summary>
    /// <param name="threads">Of one request; null for the service's default.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task StartServiceAsync(int? threads, CancellationToken cancellationToken)
    {
        if (_service is not null) await _service.DisposeAsync();
        var settings = new Dictionary<string, string?>(_jobs.Settings, StringComparer.Ordinal);
        if (threads is { } count) settings["Inference__EncryptedThreads"] = $"{count}";
        _service = await ServiceProcess.StartAsync(_context, settings, cancellationToken);
    }

    public AIaaSClient CreateClient() => new(Service.Server.Address, Service.Key);

    /// <summary>Of the run's folder.</summary>
    public string KeyFile(string name) => Path.Combine(_context.WorkFolder, name + ".key");

    public async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        await _jobs.DisposeAsync();
    }
}
