using System.Diagnostics;
using System.Net.Http.Headers;
using AIaaS.Benchmarks.Harness;
using AIaaS.Models.Sessions;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>
/// V2 inference over HTTP against Node fastify with onnxruntime-node: the same ONNX files, the same bytes on the wire, the same load
/// generator in this process, one thread inside a run on both sides. Generator and server share the machine's cores.
/// </summary>
internal sealed class ServingSuite : ISuite
{
    private static readonly string[] PeerNames =
        ["fastify 5 + onnxruntime-node 1.30, one process", $"fastify 5 + onnxruntime-node 1.30, cluster of {Environment.ProcessorCount}"];

    private const int Connections = 16;
    private const int Rounds = 3;
    private const int PacedRate = 1_000;
    private const int PacedCount = 5_000;
    private const int ColdModels = 5;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    /// <summary>Before anything counts: both runtimes compile what is used often.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public string Name => "serving";

    public string Description => "V2 inference against fastify + onnxruntime-node; added latency; cold starts.";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        await using var stack = await ServingStack.StartAsync(context, cancellationToken);
        foreach (var model in ((string[])["mlp", "cnn"]).Where(context.Wants))
        {
            foreach (var server in (ServerProcess[])[stack.Service, .. stack.Peers])
                await HttpLoad.RunAsync(server.EndPoint, InferMessage.Binary(model, stack.Key, 1, Pixels(1)), Connections, WarmUp);
            await ThroughputAsync(context, stack, $"{model}, batch 1, binary", InferMessage.Binary(model, stack.Key, 1, Pixels(1)), goal: 2.5);
            await ThroughputAsync(context, stack, $"{model}, batch 64, binary", InferMessage.Binary(model, stack.Key, 64, Pixels(64)), goal: null);
            await ThroughputAsync(context, stack, $"{model}, batch 1, JSON", InferMessage.Json(model, stack.Key, 1, Pixels(1)), goal: null);
        }
        if (context.Wants("latency"))
        {
            Floor(context);
            foreach (var model in (string[])["mlp", "cnn"]) Latency(context, stack, model);
        }
        if (!context.Wants("cold")) return;
        await ColdAsync(context, stack, cancellationToken);
        context.Report(BenchmarkResult.Single(Name, "Function App: start to ready", stack.StartTime.TotalSeconds, "s"));
    }

    private async Task ThroughputAsync(SuiteContext context, ServingStack stack, string name, byte[] request, double? goal)
    {
        var contenders = stack.Peers.Prepend(stack.Service).Select(server => (Func<Task<(double PerSecond, double CpuMicroseconds)>>)(() => MeasureAsync(server, request))).ToList();
        var measured = await Interleaved.RunAsync(Rounds, contenders);
        var perSecond = measured.Select(runs => Interleaved.Median(runs.Select(run => run.PerSecond))).ToList();
        var cpu = measured.Select(runs => Interleaved.Median(runs.Select(run => run.CpuMicroseconds))).ToList();
        for (var peer = 0; peer < PeerNames.Length; peer++)
        {
            context.Report(BenchmarkResult.Compare(Name, $"{name}: requests/s", PeerNames[peer], perSecond[0], perSecond[peer + 1], "1/s", Better.Higher, goal));
            context.Report(BenchmarkResult.Compare(Name, $"{name}: CPU per request", PeerNames[peer], cpu[0], cpu[peer + 1], "µs", Better.Lower));
        }
    }

    private static async Task<(double PerSecond, double CpuMicroseconds)> MeasureAsync(ServerProcess server, byte[] request)
    {
        var cpu = server.CpuTime();
        var started = Stopwatch.GetTimestamp();
        var perSecond = await HttpLoad.RunAsync(server.EndPoint, request, Connections, Duration);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (perSecond, (server.CpuTime() - cpu).TotalMicroseconds / (perSecond * seconds));
    }

    /// <summary>What the client and the loopback take by themselves, at the same pace; contained in what is reported as added.</summary>
    private void Floor(SuiteContext context)
    {
        var request = InferMessage.Binary("mlp", new string('k', 56), 1, Pixels(1));
        using var server = new NullServer(request.Length);
        var latencies = PacedLoad.Run(server.EndPoint, request, PacedRate, PacedCount);
        foreach (var (name, quantile) in ((string, double)[])[("p50", 0.5), ("p99", 0.99)])
            context.Report(BenchmarkResult.Single(Name, $"client and loopback alone at {PacedRate:#,0} requests/s: {name}", PacedLoad.Quantile(latencies, quantile) * 1e6, "µs"));
    }

    /// <summary>What the connection, HTTP, the protocol and the service add to a raw run of the same model at the same pace.</summary>
    private void Latency(SuiteContext context, ServingStack stack, string model)
    {
        var request = InferMessage.Binary(model, stack.Key, 1, Pixels(1));
        using var onnx = OnnxModel.Load(File.ReadAllBytes(stack.Files[model]));
        using var input = InputTensor.FromBytes(TensorElementType.UInt8, [1, 28, 28, 1], Pixels(1));
        var raw = PacedLoad.Pace(PacedRate, PacedCount, () => onnx.Run(["image"], [input.Value], ["probabilities"]).Dispose());
        PacedLoad.Run(stack.Service.EndPoint, request, PacedRate, PacedCount);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => PacedLoad.Run(stack.Service.EndPoint, request, PacedRate, PacedCount)).ToList();
        var rawMedian = PacedLoad.Quantile(raw, 0.5);
        context.Report(BenchmarkResult.Single(Name, $"{model}, raw ONNX Runtime call: p50", rawMedian * 1e6, "µs"));
        context.Report(BenchmarkResult.Single(Name, $"{model}, raw ONNX Runtime call: p99", PacedLoad.Quantile(raw, 0.99) * 1e6, "µs"));
        foreach (var (name, quantile, goal) in ((string, double, double)[])[("p50", 0.5, 100), ("p99", 0.99, 1_000)])
        {
            var added = Interleaved.Median(rounds.Select(latencies => PacedLoad.Quantile(latencies, quantile))) - rawMedian;
            context.Report(BenchmarkResult.Single(Name, $"{model}, added to it at {PacedRate:#,0} requests/s: {name}", added * 1e6, "µs", Better.Lower, goal));
        }
    }

    private async Task ColdAsync(SuiteContext context, ServingStack stack, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = stack.Service.Address };
        client.DefaultRequestHeaders.Add("x-functions-key", stack.Key);
        var file = await File.ReadAllBytesAsync(stack.Files["cnn"], cancellationToken);
        var seconds = new List<double>();
        for (var index = 0; index < ColdModels; index++)
        {
            using var added = await client.PutAsync($"models/cold-{index}/onnx", new ByteArrayContent(file), cancellationToken);
            added.EnsureSuccessStatusCode();
            using var content = new ByteArrayContent(Pixels(1));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Headers.Add("Inference-Header-Content-Length", "0");
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync($"v2/models/cold-{index}/infer", content, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        context.Report(BenchmarkResult.Single(Name, "cnn not in memory: first prediction", Interleaved.Median(seconds) * 1e3, "ms"));
    }

    private static byte[] Pixels(int batch)
    {
        var pixels = new byte[batch * InferMessage.ImageBytes];
        new Random(batch).NextBytes(pixels);
        return pixels;
    }
}
