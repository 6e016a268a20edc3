using System.Text.Json.Nodes;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>Writes a circuit down for the peer, see local/NodeSeal/circuit.mjs.</summary>
internal sealed class PeerCircuit
{
    public JsonArray Instructions { get; } = [];

    public PeerCircuit Transform(LinearTransform transform, double scale)
    {
        // SEAL refuses products with zero; they would add nothing.
        var terms = transform.Terms.Where(term => term.Values.Any(value => value != 0)).Select(JsonNode (term) => new JsonObject
        {
            ["baby"] = term.Baby,
            ["giant"] = term.Giant,
            ["values"] = NodeSealPeer.Numbers(term.Values),
        });
        return Add("transform", ("giantStep", transform.GiantStep), ("scale", scale), ("terms", new JsonArray([.. terms])));
    }

    /// <summary>x += rotate(x, step), one after the other.</summary>
    public PeerCircuit Fold(IEnumerable<int> steps) => Add("rotateAdd", ("steps", NodeSealPeer.Numbers(steps)));

    public PeerCircuit AddPlain(IEnumerable<double> values) => Add("addPlain", ("values", NodeSealPeer.Numbers(values)));

    public PeerCircuit Square() => Add("square");

    public PeerCircuit Rescale() => Add("rescale");

    private PeerCircuit Add(string operation, params ReadOnlySpan<(string Name, JsonNode Value)> arguments)
    {
        var instruction = new JsonObject { ["op"] = operation };
        foreach (var (name, value) in arguments) instruction[name] = value;
        Instructions.Add((JsonNode)instruction);
        return this;
    }
}
