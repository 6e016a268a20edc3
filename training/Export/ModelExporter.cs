using System.Security.Cryptography;
using AIaaS.Models.Onnx;
using AIaaS.Models.Onnx.Export;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Data;

namespace AIaaS.Training.Export;

/// <summary>Writes a trained network as ONNX and lets no file out that answers differently from the network.</summary>
internal sealed class ModelExporter(TimeProvider time)
{
    /// <summary>|onnx - torch| ≤ Tolerance + Tolerance·|torch|.</summary>
    public const double Tolerance = 1e-5;

    private const int WarmUpRuns = 20, TimedRuns = 201;

    /// <param name="network">What was trained.</param>
    /// <param name="rows">Raw rows to compare on.</param>
    /// <param name="expected">What the network gives for them: probabilities or values.</param>
    /// <exception cref="PipelineException">TrainingFailed: the exported model answers differently.</exception>
    public ExportedModel Export(TrainedNetwork network, RawChunk rows, IReadOnlyList<float[]> expected)
    {
        double worst = 0;
        // Folding rounds otherwise; where that is too much (very large images), the graph that does every step is taken.
        foreach (var fold in network.Layout.Image is null ? [false] : new[] { true, false })
        {
            var file = GraphWriter.Write(network, fold);
            OnnxInspector.Inspect(file);
            using var model = OnnxModel.Load(file);
            worst = Difference(model, network, rows, expected);
            if (worst <= 1)
                return new ExportedModel(file, Convert.ToHexStringLower(SHA256.HashData(file)), fold, Latency(model, network, rows), expected.Count);
        }
        throw new PipelineException(ProblemCodes.TrainingFailed,
            $"The exported model differs from the trained one by {worst:0.#} times the tolerance of {Tolerance}. This happens with features of extreme range; rescale them.");
    }

    /// <returns>The largest difference, in tolerances: at most 1 is equal.</returns>
    private static double Difference(OnnxModel model, TrainedNetwork network, RawChunk rows, IReadOnlyList<float[]> expected)
    {
        var inputs = OnnxRows.Inputs(network.Layout, rows);
        try
        {
            using var outputs = model.Run([.. inputs.Select(input => input.Value)]);
            var actual = outputs[OutputNames.Of(network.Layout, network.Head)[^1]].GetTensorDataAsSpan<float>();
            double worst = 0;
            var width = network.Head.Outputs;
            for (var i = 0; i < actual.Length; i++)
            {
                double wanted = expected[i / width][i % width];
                var difference = Math.Abs(actual[i] - wanted) / (Tolerance + (Tolerance * Math.Abs(wanted)));
                worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
            }
            return actual.Length == expected.Count * width ? worst : double.PositiveInfinity;
        }
        finally
        {
            foreach (var input in inputs) input.Dispose();
        }
    }

    private double Latency(OnnxModel model, TrainedNetwork network, RawChunk rows)
    {
        var inputs = OnnxRows.Inputs(network.Layout, new RawChunk(1, [.. rows.Columns.Select(column => column.Head(1))], rows.Labels[..1]));
        try
        {
            var values = inputs.Select(input => input.Value).ToArray();
            var seconds = new double[TimedRuns];
            for (var run = -WarmUpRuns; run < TimedRuns; run++)
            {
                var started = time.GetTimestamp();
                model.Run(values).Dispose();
                if (run >= 0) seconds[run] = time.GetElapsedTime(started).TotalMicroseconds;
            }
            Array.Sort(seconds);
            return seconds[TimedRuns / 2];
        }
        finally
        {
            foreach (var input in inputs) input.Dispose();
        }
    }
}
