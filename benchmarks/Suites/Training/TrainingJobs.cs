using System.Diagnostics;
using AIaaS.Local;
using AIaaS.Pipeline;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Benchmarks.Suites.Training;

/// <summary>The real thing on this machine: Azurite, a vault folder, and a trainer process for each job.</summary>
internal sealed class TrainingJobs : IAsyncDisposable
{
    private readonly AzuriteProcess _azurite;
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, string?> _settings;
    private readonly string _trainer;
    private int _submitted;

    private TrainingJobs(AzuriteProcess azurite, ServiceProvider services, Dictionary<string, string?> settings, string trainer)
    {
        _azurite = azurite;
        _services = services;
        _settings = settings;
        _trainer = trainer;
    }

    public static async Task<TrainingJobs> StartAsync(Harness.SuiteContext context, CancellationToken cancellationToken)
    {
        var vault = Directory.CreateDirectory(Path.Combine(context.WorkFolder, "vault")).FullName;
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(Path.Combine(context.WorkFolder, "azurite"), context.ProjectRoot), cancellationToken);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["ServiceBus"] = azurite.ConnectionString,
            ["KeyVaultUri"] = new Uri(vault + "/").AbsoluteUri,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var jobs = new TrainingJobs(azurite, new ServiceCollection().AddLogging().AddPipeline(configuration).BuildServiceProvider(), settings, context.BuiltProgram("AIaaS.Training"));
        await jobs.Get<StorageAccount>().EnsureCreatedAsync(cancellationToken);
        return jobs;
    }

    /// <summary>What another process of the same service is started with.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Trains by a job, as users do: one thread, batch 64, Adam 0.001.</summary>
    public Task<JobRecord> TrainAsync(FamilySpec family, int epochs, CancellationToken cancellationToken) => TrainAsync(
        new TrainingJob(
            "training", FashionMnist.Dataset, family.Name, TrainingTask.Classification, family,
            new TrainingArguments(epochs, 64, "adam", 0.001, "constant", 0, 0, 42, EarlyStoppingPatience: null, NumThreads: 1),
            TestSize: null, TrainingDevice.Cpu, new JobLimits(TimeSpan.FromHours(1), 1), null, new Dictionary<string, string>()), cancellationToken);

    /// <summary>Trains by a job on <see cref="FashionMnist.Dataset"/>.</summary>
    public async Task<JobRecord> TrainAsync(TrainingJob job, CancellationToken cancellationToken)
    {
        var id = $"{job.Family.Name}-{++_submitted}";
        await Get<JobSubmission>().SubmitAsync(id, job, traceParent: null, cancellationToken);
        var start = new ProcessStartInfo("dotnet", [_trainer]) { RedirectStandardOutput = true };
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The trainer did not start.");
        try
        {
            var log = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var done = await Get<JobStore>().GetAsync(id, cancellationToken);
            return done.Status == JobStatus.Succeeded ? done : throw new InvalidOperationException($"Job {id} is {done.Status}: {done.Error?.Message}\n{log}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _azurite.DisposeAsync();
    }
}
