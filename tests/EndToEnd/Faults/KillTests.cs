using System.Collections.Concurrent;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Jobs;

namespace AIaaS.EndToEnd.Faults;

/// <summary>kill -9 of the Function App and of the trainer on both sides of every durable write.</summary>
/// <remarks>A few in every run; all of them, five seeds each, with: dotnet run --project tests/EndToEnd -- -explicit only -class "*KillTests"</remarks>
public sealed class KillTests(ManyAccounts accounts) : IClassFixture<ManyAccounts>
{
    private const int Seeds = 5;

    private static readonly ConcurrentDictionary<int, string> Undisturbed = new();

    /// <summary>The ones whose loss would cost most: between two commits.</summary>
    public static TheoryData<bool, string, bool, int> Some => Rows(
    [
        new FaultCase(InTrainer: false, FaultPointNames.DatasetRow, After: true, Seed: 1),
        new FaultCase(InTrainer: false, FaultPointNames.EnqueueJob, After: false, Seed: 1),
        new FaultCase(InTrainer: true, FaultPointNames.Checkpoint, After: true, Seed: 1),
        new FaultCase(InTrainer: true, FaultPointNames.JobPublishing, After: true, Seed: 1),
        new FaultCase(InTrainer: true, FaultPointNames.Registry, After: true, Seed: 1),
    ]);

    public static TheoryData<bool, string, bool, int> Every => Rows(FaultCase.All(Seeds));

    [Theory]
    [MemberData(nameof(Some))]
    public Task MainJob_KilledBetweenCommits_EndsAsIfNothingHadHappened(bool inTrainer, string point, bool after, int seed) =>
        CheckAsync(new FaultCase(inTrainer, point, after, seed));

    [Theory(Explicit = true)]
    [MemberData(nameof(Every), DisableDiscoveryEnumeration = true)]
    public Task MainJob_KilledAnywhere_EndsAsIfNothingHadHappened(bool inTrainer, string point, bool after, int seed) =>
        CheckAsync(new FaultCase(inTrainer, point, after, seed));

    private static TheoryData<bool, string, bool, int> Rows(IEnumerable<FaultCase> cases)
    {
        var rows = new TheoryData<bool, string, bool, int>();
        foreach (var one in cases) rows.Add(one.InTrainer, one.Point, one.After, one.Seed);
        return rows;
    }

    private async Task CheckAsync(FaultCase fault)
    {
        if (!Undisturbed.TryGetValue(fault.Seed, out var expected))
        {
            var (quiet, _) = await RunAsync(null, fault.Seed);
            quiet.Versions.ShouldBe(1);
            Undisturbed[fault.Seed] = expected = quiet.ModelSha256;
        }

        var (outcome, deaths) = await RunAsync(fault, fault.Seed);

        deaths.ShouldBe(1);
        outcome.Status.ShouldBe(JobStatus.Succeeded);
        outcome.Versions.ShouldBe(1);
        outcome.ModelSha256.ShouldBe(expected);
        outcome.Drops.ShouldBeEmpty();
    }

    private async Task<(Outcome Outcome, int Deaths)> RunAsync(FaultCase? fault, int seed)
    {
        await using var world = new World(accounts.Next());
        await using var run = new MainJob(world, fault, seed);
        return (await run.RunAsync(), run.Deaths);
    }
}
