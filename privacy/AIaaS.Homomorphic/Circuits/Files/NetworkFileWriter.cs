using System.Security.Cryptography;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;

namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>Writes what <see cref="NetworkFileReader"/> reads.</summary>
internal static class NetworkFileWriter
{
    public static byte[] Write(NetworkDescription network, PlannerOptions options, byte[] digest)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream); // little-endian on every machine
        writer.Write(NetworkFileFormat.Magic);
        writer.Write(NetworkFileFormat.Version);
        Options(writer, options);
        Network(writer, network);
        writer.Write(digest);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    private static void Options(BinaryWriter writer, PlannerOptions options)
    {
        var parameters = options.Parameters!;
        writer.Write((byte)parameters.Security);
        writer.Write(parameters.Degree);
        writer.Write((byte)parameters.Primes.Length);
        foreach (var prime in parameters.Primes) writer.Write(prime);
        writer.Write((byte)options.InputScaleBits!.Value);
        writer.Write((byte)options.WeightScaleBits!.Count);
        foreach (var bits in options.WeightScaleBits) writer.Write((byte)bits);
        writer.Write(options.Repetition!.Value);
        writer.Write(options.BabySteps ?? 0);
        writer.Write(options.MaxError);
        writer.Write(options.RangeMargin);
        writer.Write(options.MinHidingBits);
        writer.Write((byte)(options.Costs?.Levels.Count ?? 0));
        foreach (var level in options.Costs?.Levels ?? [])
        {
            writer.Write(level.Decompose);
            writer.Write(level.Baby);
            writer.Write(level.KeySwitch);
            writer.Write(level.MultiplyPlain);
            writer.Write(level.Square);
            writer.Write(level.Rescale);
        }
    }

    private static void Network(BinaryWriter writer, NetworkDescription network)
    {
        writer.Write(network.Input.Channels);
        writer.Write(network.Input.Height);
        writer.Write(network.Input.Width);
        writer.Write(network.InputRange.Low);
        writer.Write(network.InputRange.High);
        writer.Write(network.InputRms is not null);
        if (network.InputRms is { } rms) writer.Write(rms);
        writer.Write((byte)network.Layers.Count);
        foreach (var layer in network.Layers) Layer(writer, layer);
    }

    private static void Layer(BinaryWriter writer, NetworkLayer layer)
    {
        switch (layer)
        {
            case DenseLayer dense:
                writer.Write(NetworkFileFormat.Dense);
                writer.Write(dense.Weights.Rows);
                writer.Write(dense.Weights.Columns);
                Measured(writer, dense.Measured);
                Values(writer, [.. Enumerable.Range(0, dense.Weights.Rows).SelectMany(row => dense.Weights.Row(row).ToArray())]);
                Values(writer, dense.Bias);
                break;
            case ConvolutionLayer convolution:
                writer.Write(NetworkFileFormat.Convolution);
                writer.Write(convolution.Maps);
                writer.Write(convolution.Channels);
                writer.Write(convolution.Kernel);
                writer.Write(convolution.Stride);
                writer.Write(convolution.Padding);
                Measured(writer, convolution.Measured);
                Values(writer, convolution.Weights);
                Values(writer, convolution.Bias);
                break;
            case SquareLayer:
                writer.Write(NetworkFileFormat.Square);
                break;
            case QuadraticLayer quadratic:
                writer.Write(NetworkFileFormat.Quadratic);
                writer.Write(quadratic.A);
                writer.Write(quadratic.B);
                writer.Write(quadratic.C);
                break;
            default:
                throw new HomomorphicException($"A network file cannot hold {layer.GetType().Name}.");
        }
    }

    private static void Measured(BinaryWriter writer, MeasuredRange? range)
    {
        writer.Write(range is not null);
        if (range is null) return;
        writer.Write(range.MaxAbs);
        writer.Write(range.Rms);
    }

    // Weights come from training in 32 bits; then nothing is lost by writing them so.
    private static void Values(BinaryWriter writer, IReadOnlyList<double> values)
    {
        var single = values.All(value => (float)value == value);
        writer.Write(single ? (byte)sizeof(float) : (byte)sizeof(double));
        foreach (var value in values)
        {
            if (single) writer.Write((float)value);
            else writer.Write(value);
        }
    }
}
