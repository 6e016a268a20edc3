using System.Text.Json.Serialization;

namespace AIaaS.Benchmarks.Harness;

/// <summary>One figure.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Name">What was measured: "mlp, batch 1, binary: requests/s".</param>
/// <param name="Peer">What it is compared with; null for a figure that stands alone.</param>
/// <param name="Ours">Our median.</param>
/// <param name="Theirs">The peer's median, measured in turns with ours.</param>
/// <param name="Unit">Of both.</param>
/// <param name="Ratio">How many times better ours is, whichever direction is better; below 1 is worse.</param>
/// <param name="Goal">As text; null where none was set.</param>
/// <param name="Met">Null where there is no goal.</param>
public sealed record BenchmarkResult(
    string Suite, string Name, string? Peer, double Ours, double? Theirs, string Unit, double? Ratio, string? Goal, bool? Met)
{
    /// <summary>A comparison.</summary>
    public static BenchmarkResult Compare(string suite, string name, string peer, double ours, double theirs, string unit, Better better, double? goalRatio = null)
    {
        var ratio = better == Better.Higher ? ours / theirs : theirs / ours;
        return new BenchmarkResult(suite, name, peer, ours, theirs, unit, ratio,
            goalRatio is null ? null : $"ratio >= {goalRatio:0.##}", goalRatio is null ? null : ratio >= goalRatio);
    }

    /// <summary>A figure of our own, with a limit or without.</summary>
    public static BenchmarkResult Single(string suite, string name, double ours, string unit, Better better = Better.Lower, double? goal = null) =>
        new(suite, name, null, ours, null, unit, null,
            goal is null ? null : $"{(better == Better.Higher ? ">=" : "<=")} {goal:0.####} {unit}",
            goal is null ? null : better == Better.Higher ? ours >= goal : ours <= goal);
}

/// <summary>Which direction of a figure is the good one.</summary>
public enum Better
{
    Higher,
    Lower,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<BenchmarkResult>))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
