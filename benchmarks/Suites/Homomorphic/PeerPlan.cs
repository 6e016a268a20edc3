using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>A planner's plan written for node-seal: the same layout, levels, scales and keys. Without the random fill of the reply, which only ours draws.</summary>
internal static class PeerPlan
{
    private const int PeerCount = 2;
    private const int OurCount = 10;
    private const double AllowedDeviations = 10;

    /// <returns>Milliseconds of one thread each, measured in turns, once both were seen to give the clear network's results.</returns>
    public static async Task<(double Ours, double Theirs)> CompareAsync(NodeSealPeer peer, PlanRun run, TrainedNetwork network)
    {
        var plan = run.Plan;
        await peer.SetUpAsync(run.Set, plan.InputScale, plan.RotationSteps);
        var slots = Enumerable.Range(0, plan.Parameters.SlotCount);
        var theirSlots = await peer.PrepareAsync(PeerCircuit.Of(Steps(plan)), plan.Pack(network.Image(0)), plan.InputScale, slots);
        run.Check(plan.Unpack([theirSlots]), 0, AllowedDeviations * plan.PredictedError);
        return await Times.CompareAsync(OurCount, run.Execute, () => peer.TimeCircuitAsync(PeerCount));
    }

    private static IEnumerable<CircuitStep> Steps(NetworkPlan plan) => plan.Steps.SelectMany(IEnumerable<CircuitStep> (step) => step is LinearStep linear
        ? [new TransformStep(Only(linear).Transform, linear.PlaintextScale), new FoldStep(Only(linear).Folds), new BiasStep(linear.Biases[0])]
        : [new SquaringStep(), new RescaleStep()]);

    private static AIaaS.Homomorphic.Circuits.Linear.FoldedTransform Only(LinearStep step) => step.Transforms.Count == 1
        ? step.Transforms[0]
        : throw new NotSupportedException("The peer computes on one ciphertext behind the first layer.");
}
