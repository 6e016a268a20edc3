using System.Runtime.InteropServices;
using System.Text.Json;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Learning;

namespace AIaaS.Training.Checkpoints;

/// <param name="Steps">Optimiser steps done.</param>
/// <param name="History">One entry per finished epoch.</param>
/// <param name="BestEpoch">0 when early stopping is off.</param>
/// <param name="Moments">How many optimiser vectors there are.</param>
internal sealed record CheckpointHeader(long Steps, IReadOnlyList<EpochMetrics> History, int BestEpoch, int Moments);

/// <summary>A trainer's state as files: state.json, and vectors as little-endian 32-bit floats.</summary>
internal static class CheckpointFiles
{
    private const string Header = "state.json", Weights = "weights.f32", Best = "best.f32";

    public static IEnumerable<(string Name, byte[] Content)> Write(TrainerState state)
    {
        var header = new CheckpointHeader(state.Steps, state.History, state.BestEpoch, state.Optimiser.Count);
        yield return (Header, JsonSerializer.SerializeToUtf8Bytes(header, TrainingJson.Default.CheckpointHeader));
        yield return (Weights, Bytes(state.Weights));
        for (var i = 0; i < state.Optimiser.Count; i++) yield return (Moment(i), Bytes(state.Optimiser[i]));
        if (state.BestWeights is not null) yield return (Best, Bytes(state.BestWeights));
    }

    /// <param name="read">Gives a file by name, or null when there is none.</param>
    /// <exception cref="PipelineException">IntegrityFailed: a file is missing or the vectors differ in length.</exception>
    public static async Task<TrainerState> ReadAsync(Func<string, Task<byte[]?>> read)
    {
        var header = JsonSerializer.Deserialize(await Required(Header), TrainingJson.Default.CheckpointHeader) ?? throw Damaged();
        var weights = Floats(await Required(Weights));
        var moments = new List<float[]>();
        for (var i = 0; i < header.Moments; i++) moments.Add(Floats(await Required(Moment(i))));
        var best = await read(Best) is { } bytes ? Floats(bytes) : null;
        if (moments.Append(best ?? weights).Any(vector => vector.Length != weights.Length)) throw Damaged();
        return new TrainerState(header.Steps, header.History, header.BestEpoch, weights, moments, best);

        async Task<byte[]> Required(string name) => await read(name) ?? throw Damaged();
    }

    private static string Moment(int index) => $"optimiser-{index}.f32";

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes<float>(values).ToArray();

    private static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private static PipelineException Damaged() => new(ProblemCodes.IntegrityFailed, "A checkpoint is incomplete.");
}
