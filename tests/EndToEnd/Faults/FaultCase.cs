using AIaaS.Pipeline.Faults;

namespace AIaaS.EndToEnd.Faults;

/// <summary>One death: which process, at which durable write, on which side of it, and which seed chooses data and occurrence.</summary>
public sealed record FaultCase(bool InTrainer, string Point, bool After, int Seed)
{
    private static readonly string[] InApp =
    [
        FaultPointNames.Drop, FaultPointNames.EnqueueIngestion, FaultPointNames.VaultBlob, FaultPointNames.Manifest, FaultPointNames.DatasetRow,
        FaultPointNames.DropDelete, FaultPointNames.Settle, FaultPointNames.JobInsert, FaultPointNames.EnqueueJob,
    ];

    private static readonly string[] InTraining =
    [
        FaultPointNames.JobClaim, FaultPointNames.VaultBlob, FaultPointNames.Manifest, FaultPointNames.Checkpoint,
        FaultPointNames.JobPublishing, FaultPointNames.Registry, FaultPointNames.JobSucceeded, FaultPointNames.Settle,
    ];

    /// <summary>Before and after every durable write of both processes: 34 a seed.</summary>
    public static IEnumerable<FaultCase> All(int seeds) =>
        from seed in Enumerable.Range(1, seeds)
        from inTrainer in (bool[])[false, true]
        from point in inTrainer ? InTraining : InApp
        from after in (bool[])[false, true]
        select new FaultCase(inTrainer, point, after, seed);

    /// <summary>The value of AIAAS_FAULT. Writes that happen several times are met at the first, second or third, as the seed says.</summary>
    public string Setting => $"{Point}:{(After ? "after" : "before")}:{Occurrence}";

    private int Occurrence => Point switch
    {
        FaultPointNames.VaultBlob or FaultPointNames.Manifest or FaultPointNames.Checkpoint when InTrainer => 1 + Seed % 3,
        FaultPointNames.VaultBlob => 1 + Seed % 2,
        _ => 1,
    };

    public override string ToString() => $"{(InTrainer ? "trainer" : "app")} {Setting} seed {Seed}";
}
