namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>A convolution with square kernels; zeros are padded before anything else.</summary>
/// <param name="Maps">Output channels.</param>
/// <param name="Channels">Input channels.</param>
/// <param name="Kernel">Rows and columns of a kernel.</param>
/// <param name="Stride">Pixels from window to window.</param>
/// <param name="Padding">Rows and columns of zeros on every side.</param>
/// <param name="Weights">Maps x channels x kernel x kernel.</param>
public sealed record ConvolutionLayer(int Maps, int Channels, int Kernel, int Stride, int Padding, IReadOnlyList<double> Weights) : LinearLayer
{
    public double Weight(int map, int channel, int ky, int kx) => Weights[((map * Channels + channel) * Kernel + ky) * Kernel + kx];

    public override TensorShape OutputShape(TensorShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Maps < 1 || Kernel < 1 || Stride < 1 || Padding < 0)
            throw new HomomorphicException($"A convolution of {Maps} maps, kernel {Kernel}, stride {Stride}, padding {Padding} is none.");
        if (input.Channels != Channels) throw new HomomorphicException($"A convolution of {Channels} channels cannot take {input}.");
        if (Weights.Count != Maps * Channels * Kernel * Kernel || Bias.Count != Maps)
            throw new HomomorphicException($"A convolution of {Maps} maps over {Channels} channels, kernel {Kernel}, has {Maps * Channels * Kernel * Kernel} weights and {Maps} biases; {Weights.Count} and {Bias.Count} were given.");
        CheckFinite(Weights, "weights");
        CheckFinite(Bias, "biases");
        var (height, width) = (input.Height + 2 * Padding - Kernel, input.Width + 2 * Padding - Kernel);
        if (height < 0 || width < 0) throw new HomomorphicException($"A kernel of {Kernel} does not fit {input} with padding {Padding}.");
        return new TensorShape(Maps, height / Stride + 1, width / Stride + 1);
    }

    public override IEnumerable<(int Element, double Weight)> WeightsOf(TensorShape input, int output)
    {
        var shape = OutputShape(input);
        var (map, top, left) = (output / (shape.Height * shape.Width), output / shape.Width % shape.Height * Stride - Padding, output % shape.Width * Stride - Padding);
        for (var channel = 0; channel < Channels; channel++)
            for (var y = Math.Max(0, -top); y < Math.Min(Kernel, input.Height - top); y++)
                for (var x = Math.Max(0, -left); x < Math.Min(Kernel, input.Width - left); x++)
                    yield return ((channel * input.Height + top + y) * input.Width + left + x, Weight(map, channel, y, x));
    }

    public override double BiasOf(TensorShape input, int output)
    {
        var shape = OutputShape(input);
        return Bias[output / (shape.Height * shape.Width)];
    }

    internal override LinearLayer Adjusted(double inputFactor, double inputConstant, double outputConstant)
    {
        if (inputConstant != 0 && Padding != 0)
            throw new HomomorphicException("An activation with a constant cannot be folded into a padded convolution: at the border the padding is zero and the constant is not. Take padding 0 or a x^2 + b x with c = b^2/4a.");
        var perMap = Weights.Chunk(Channels * Kernel * Kernel).Select(kernel => kernel.Sum()).ToArray();
        return this with
        {
            Weights = [.. Weights.Select(weight => weight * inputFactor)],
            Bias = [.. Bias.Select((bias, map) => bias + outputConstant + perMap[map] * inputConstant)],
            Measured = null,
        };
    }
}
