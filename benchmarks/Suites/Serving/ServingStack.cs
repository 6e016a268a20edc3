using System.Text.RegularExpressions;
using AIaaS.Benchmarks.Harness;
using AIaaS.Benchmarks.Suites.Training;
using AIaaS.Local;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>The Function App with a trained MLP and CNN, and the peer with the same files.</summary>
internal sealed partial class ServingStack : IAsyncDisposable
{
    private readonly TrainingJobs _jobs;
    private readonly ServiceProcess _service;

    private ServingStack(TrainingJobs jobs, ServiceProcess service, IReadOnlyList<ServerProcess> peers, IReadOnlyDictionary<string, string> files)
    {
        _jobs = jobs;
        _service = service;
        Peers = peers;
        Files = files;
    }

    public ServerProcess Service => _service.Server;

    /// <summary>Fastify as one process, and as a cluster of as many as there are cores.</summary>
    public IReadOnlyList<ServerProcess> Peers { get; }

    public string Key => _service.Key;

    public TimeSpan StartTime => _service.StartTime;

    /// <summary>The ONNX files by model.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    public static async Task<ServingStack> StartAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        var peers = Path.Combine(context.ProjectRoot, "benchmarks", "peers");
        context.Log("Installing fastify and onnxruntime-node where missing …");
        await NpmPackages.EnsureAsync(peers, cancellationToken);
        if (!Directory.Exists(FashionMnist.Folder)) await TorchPeer.InstallAsync(cancellationToken);

        var jobs = await TrainingJobs.StartAsync(context, cancellationToken);
        context.Log("Training the MLP and the CNN for one epoch each …");
        await FashionMnist.IngestAsync(jobs.Get<DatasetDrop>(), jobs.Get<DatasetIngestion>(), cancellationToken);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var family in (FamilySpec[])[new FamilySpec("mlp", [64, 64], [], 0), new FamilySpec("cnn", [128], [16, 32], 0)])
        {
            await jobs.TrainAsync(family, epochs: 1, cancellationToken);
            files[family.Name] = await SaveAsync(jobs, family.Name, context.WorkFolder, cancellationToken);
        }

        var service = await ServiceProcess.StartAsync(context, jobs.Settings, cancellationToken);
        var servers = new List<ServerProcess>();
        foreach (var workers in (int[])[1, Environment.ProcessorCount])
        {
            servers.Add(await ServerProcess.StartAsync(
                "node", [Path.Combine(peers, "server.mjs"), $"{workers}", .. files.Select(pair => $"{pair.Key}={pair.Value}")],
                new Dictionary<string, string?> { ["NODE_ENV"] = "production" }, PeerListens(), cancellationToken));
        }
        return new ServingStack(jobs, service, servers, files);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in Peers) await peer.DisposeAsync();
        await _service.DisposeAsync();
        await _jobs.DisposeAsync();
    }

    /// <summary>The peer cannot read the vault: it gets the plain file, in the run's own folder.</summary>
    private static async Task<string> SaveAsync(TrainingJobs jobs, string model, string folder, CancellationToken cancellationToken)
    {
        var version = await jobs.Get<ModelRegistry>().ResolveAsync(model, versionOrAlias: null, cancellationToken);
        var reader = await jobs.Get<VaultStore>().OpenReaderAsync(VaultScope.Model(model), version.ManifestBlob, cancellationToken);
        var path = Path.Combine(folder, model + ".onnx");
        await File.WriteAllBytesAsync(path, await reader.ReadAsync(reader.Find(ModelLoader.OnnxFile), cancellationToken), cancellationToken);
        return path;
    }

    [GeneratedRegex(@"listening on (?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PeerListens();
}
