using System.Text.Json.Nodes;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>Writes a circuit down for the peer, see local/NodeSeal/circuit.mjs.</summary>
internal static class PeerCircuit
{
    public static JsonArray Of(IEnumerable<CircuitStep> steps) => [.. steps.Select(JsonNode (step) => step switch
    {
        TransformStep transform => new JsonObject
        {
            ["op"] = "transform", ["giantStep"] = transform.Transform.GiantStep, ["scale"] = transform.Scale, ["terms"] = Terms(transform.Transform),
        },
        FoldStep fold => new JsonObject { ["op"] = "rotateAdd", ["steps"] = NodeSealPeer.Numbers(fold.Steps) },
        BiasStep bias => new JsonObject { ["op"] = "addPlain", ["values"] = NodeSealPeer.Numbers(bias.Values) },
        SquaringStep => new JsonObject { ["op"] = "square" },
        RescaleStep => new JsonObject { ["op"] = "rescale" },
        _ => throw new NotSupportedException($"The peer knows no {step}."),
    })];

    // SEAL refuses products with zero; they would add nothing.
    private static JsonArray Terms(LinearTransform transform) => [.. transform.Terms
        .Where(term => term.Values.Any(value => value != 0))
        .Select(JsonNode (term) => new JsonObject { ["input"] = term.Input, ["baby"] = term.Baby, ["giant"] = term.Giant, ["values"] = NodeSealPeer.Numbers(term.Values) })];
}
