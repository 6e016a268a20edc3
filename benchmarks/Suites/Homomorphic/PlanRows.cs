using System.Globalization;
using AIaaS.Benchmarks.Harness;
using AIaaS.Homomorphic.Circuits.Planning;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>Whole networks by the planner's plans: server time, keys, precision.</summary>
internal static class PlanRows
{
    private const int OurCount = 10;
    private const double BytesPerMegabyte = 1e6;

    public static async Task RunAsync(SuiteContext context, NodeSealPeer peer)
    {
        await MlpAsync(context, peer);
        await NetworkAsync(context, "cnn-16-100", "CNN 16 maps, dense 100", 25, 15);
        await NetworkAsync(context, "lola-5-100", "CNN 5 maps, dense 100", null, null);
        await KeysAgainstLatencyAsync(context);
    }

    private static async Task MlpAsync(SuiteContext context, NodeSealPeer peer)
    {
        const string Name = "plan: MLP 784-64-10, server";
        if (!context.Wants(Name)) return;
        var network = new TrainedNetwork(context.ProjectRoot, "mlp-64");
        using var run = new PlanRun(network, NetworkPlanner.Plan(network.Network));
        var plan = run.Plan;
        context.Log($"{plan.Parameters}; predicted {plan.PredictedMilliseconds:0.0} ms");
        ReportError(context, run, Name);
        var (ours, theirs) = await PeerPlan.CompareAsync(peer, run, network);
        context.Report(BenchmarkResult.Compare("homomorphic", $"{Name}: same plan", NodeSealPeer.Name, ours, theirs, "ms", Better.Lower, 8));
        context.Report(BenchmarkResult.Single("homomorphic", Name, ours, "ms", Better.Lower, 8));
        ThreadsRow(context, run, Name, goal: null);
        context.Report(BenchmarkResult.Single("homomorphic", "plan: MLP 784-64-10, keys seeded and zstd", run.KeyBytes() / BytesPerMegabyte, "MB", Better.Lower, 6));
        ReportMemory(context, run, Name);
    }

    private static Task NetworkAsync(SuiteContext context, string file, string title, double? goal, double? goalOfTwo)
    {
        var name = $"plan: {title}, server";
        if (!context.Wants(name)) return Task.CompletedTask;
        var network = new TrainedNetwork(context.ProjectRoot, file);
        using var run = new PlanRun(network, NetworkPlanner.Plan(network.Network));
        context.Log($"{run.Plan.Parameters}; predicted {run.Plan.PredictedMilliseconds:0.0} ms");
        ReportError(context, run, name);
        Times.WarmUp(run.Execute, 1);
        context.Report(BenchmarkResult.Single("homomorphic", name, Times.Median(3 * OurCount, run.Execute), "ms", Better.Lower, goal));
        ThreadsRow(context, run, name, goalOfTwo);
        context.Report(BenchmarkResult.Single("homomorphic", $"plan: {title}, keys seeded and zstd", run.KeyBytes() / BytesPerMegabyte, "MB"));
        ReportMemory(context, run, name);
        return Task.CompletedTask;
    }

    private static void ThreadsRow(SuiteContext context, PlanRun run, string name, double? goal)
    {
        run.UseThreads(2);
        Times.WarmUp(run.Execute, 1);
        context.Report(BenchmarkResult.Single("homomorphic", $"{name}, 2 threads", Times.Median(3 * OurCount, run.Execute), "ms", Better.Lower, goal));
        run.UseThreads(1);
    }

    private static void ReportMemory(SuiteContext context, PlanRun run, string name)
    {
        context.Report(BenchmarkResult.Single("homomorphic", $"{name}: context and keys in memory", run.KeysInMemory / BytesPerMegabyte, "MB"));
        context.Report(BenchmarkResult.Single("homomorphic", $"{name}: encoded weights in memory", run.WeightsInMemory / BytesPerMegabyte, "MB"));
    }

    private static void ReportError(SuiteContext context, PlanRun run, string name)
    {
        var (rms, agree) = run.Precision(images: 200);
        context.Report(BenchmarkResult.Single("homomorphic", $"{name}: rms error of logits", rms, "", Better.Lower));
        context.Report(BenchmarkResult.Single("homomorphic", $"{name}: same class as in the clear", 100 * agree, "%", Better.Higher, 99.5));
    }

    /// <summary>What fewer keys cost.</summary>
    private static Task KeysAgainstLatencyAsync(SuiteContext context)
    {
        const string Name = "keys against latency";
        if (!context.Wants(Name)) return Task.CompletedTask;
        var network = new TrainedNetwork(context.ProjectRoot, "mlp-64");
        foreach (var babies in (int[])[1, 2, 3, 4, 5, 7, 13])
        {
            using var run = new PlanRun(network, NetworkPlanner.Plan(network.Network, new PlannerOptions { BabySteps = babies }));
            Times.WarmUp(run.Execute);
            var title = string.Create(CultureInfo.InvariantCulture, $"{Name}: MLP, {babies} baby steps, {run.Plan.RotationKeys.Count} rotation keys");
            context.Report(BenchmarkResult.Single("homomorphic", $"{title}: server", Times.Median(3 * OurCount, run.Execute), "ms"));
            context.Report(BenchmarkResult.Single("homomorphic", $"{title}: seeded and zstd", run.KeyBytes() / BytesPerMegabyte, "MB"));
        }
        return Task.CompletedTask;
    }
}
