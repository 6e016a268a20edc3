using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Models.Families;
using AIaaS.Training.Data;
using AIaaS.Training.Networks;
using static TorchSharp.torch;

namespace AIaaS.Training.Encrypted;

/// <summary>What the values of a folded network are over a dataset: what the homomorphic planner makes room for.</summary>
internal static class RangeMeter
{
    private const int BlockRows = 1024;

    /// <returns>The same network with measured ranges.</returns>
    public static NetworkDescription Measure(NetworkDescription description, Network network, RowEncoder encoder, RawRows rows, Device device, CancellationToken cancellationToken)
    {
        var input = new Range();
        var ranges = network.Plan.Layers.Index().Where(layer => layer.Item is DenseSpec or ConvSpec).ToDictionary(layer => layer.Index, _ => new Range());
        foreach (var chunk in rows.Chunks)
        {
            using var encoded = encoder.Features(chunk);
            for (var first = 0; first < chunk.Rows; first += BlockRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var none = no_grad();
                using var scope = NewDisposeScope();
                var block = encoded.narrow(0, first, Math.Min(BlockRows, chunk.Rows - first)).to(device);
                input.Add(block);
                network.Before(block, network.Plan.Layers.Count, (layer, value) => ranges.GetValueOrDefault(layer)?.Add(value));
            }
        }
        var measured = new Queue<Range>(ranges.OrderBy(range => range.Key).Select(range => range.Value));
        return description with
        {
            InputRms = input.Rms,
            Layers = [.. description.Layers.Select(layer => layer is LinearLayer linear ? linear with { Measured = measured.Dequeue().Value } : layer)],
        };
    }

    private sealed class Range
    {
        private double _max, _squares;
        private long _count;

        public double Rms => Math.Sqrt(_squares / Math.Max(1, _count));

        public MeasuredRange Value => new(_max, Rms);

        public void Add(Tensor values)
        {
            _max = Math.Max(_max, values.abs().max().item<float>());
            _squares += values.to(float64).square().sum().item<double>();
            _count += values.numel();
        }
    }
}
