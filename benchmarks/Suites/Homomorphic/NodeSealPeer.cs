using System.Text.Json.Nodes;
using AIaaS.Benchmarks.Harness;
using AIaaS.NodeSeal;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>node-seal in a process of its own, one thread; every time is the median of single operations, in milliseconds.</summary>
internal sealed class NodeSealPeer(NodeSealProcess process, CancellationToken cancellationToken) : IAsyncDisposable
{
    public const string Name = "node-seal 7.0.0";

    private const double NanosecondsPerMillisecond = 1e6;

    public static async Task<NodeSealPeer> StartAsync(SuiteContext context, CancellationToken cancellationToken) =>
        new(await NodeSealProcess.StartAsync(context.ProjectRoot, "peer.mjs", cancellationToken), cancellationToken);

    /// <summary>Makes keys and ciphertexts of a parameter set.</summary>
    public Task SetUpAsync(ParameterSet set, double scale, IEnumerable<int> rotations) => process.CallAsync(
        new JsonObject
        {
            ["do"] = "setUp",
            ["degree"] = set.Degree,
            ["bits"] = Numbers(set.Bits),
            ["scale"] = scale,
            ["steps"] = Numbers(rotations),
        },
        cancellationToken);

    public Task SetUpTransformsAsync(int degree, int bits) =>
        process.CallAsync(new JsonObject { ["do"] = "setUpTransforms", ["degree"] = degree, ["bits"] = bits }, cancellationToken);

    /// <param name="operation">One that peer.mjs names.</param>
    /// <param name="count">How often.</param>
    public async Task<double> TimeAsync(string operation, int count) =>
        Median(await process.CallAsync(new JsonObject { ["do"] = "time", ["operation"] = operation, ["count"] = count }, cancellationToken));

    /// <summary>Of one row.</summary>
    public async Task<double> TimeTransformAsync(string direction, int count) =>
        Median(await process.CallAsync(new JsonObject { ["do"] = "timeTransforms", ["direction"] = direction, ["count"] = count }, cancellationToken)) / 2;

    /// <summary>Encodes a circuit and runs it once.</summary>
    /// <param name="instructions">See <see cref="PeerCircuit"/>.</param>
    /// <param name="inputs">Slots of every ciphertext that goes in.</param>
    /// <param name="scale">They are encrypted at.</param>
    /// <param name="results">Slots to answer.</param>
    /// <returns>The slots asked for, decrypted.</returns>
    public async Task<double[]> PrepareAsync(JsonArray instructions, IReadOnlyList<double[]> inputs, double scale, IEnumerable<int> results)
    {
        var answer = await process.CallAsync(
            new JsonObject
            {
                ["do"] = "prepareCircuit",
                ["instructions"] = instructions,
                ["values"] = new JsonArray([.. inputs.Select(JsonNode (slots) => Numbers(slots))]),
                ["scale"] = scale,
                ["results"] = Numbers(results),
            },
            cancellationToken);
        return [.. answer["values"]!.AsArray().Select(value => value!.GetValue<double>())];
    }

    public async Task<double> TimeCircuitAsync(int count) =>
        Median(await process.CallAsync(new JsonObject { ["do"] = "timeCircuit", ["count"] = count }, cancellationToken));

    public long PeakMemory() => ProcessUsage.PeakMemory(process.Id);

    public ValueTask DisposeAsync() => process.DisposeAsync();

    internal static JsonArray Numbers<T>(IEnumerable<T> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static double Median(JsonObject answer) =>
        Interleaved.Median(answer["nanoseconds"]!.AsArray().Select(value => value!.GetValue<double>())) / NanosecondsPerMillisecond;
}
