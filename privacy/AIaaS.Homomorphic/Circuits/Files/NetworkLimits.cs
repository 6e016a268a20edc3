using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>How large a network may be: bounds on what reading, planning and encoding it take.</summary>
public sealed record NetworkLimits
{
    public static NetworkLimits Default { get; } = new();

    /// <summary>Of a file. Default 64 MiB.</summary>
    public int MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>Linear layers and activations together. Default 31.</summary>
    public int MaxLayers { get; init; } = 31;

    /// <summary>Values between two layers, and of an input. Default 65,536.</summary>
    public int MaxValues { get; init; } = 1 << 16;

    /// <summary>
    /// Entries of all layers' matrices together, a convolution behind the first layer counted as the matrix that it is laid out as.
    /// One takes 8 bytes while the network is planned, and about 16 to 40 once encoded. Default 4,194,304.
    /// </summary>
    public long MaxMatrixEntries { get; init; } = 4L << 20;

    /// <summary>Checks sizes by arithmetic alone, before anything is made of them.</summary>
    /// <exception cref="HomomorphicException">The network is too large, or its layers do not fit together; the message has the numbers and says what to change.</exception>
    public void Check(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Layers.Count > MaxLayers) throw new HomomorphicException($"The network has {network.Layers.Count} layers; at most {MaxLayers} are computed on encrypted values. Take fewer hidden layers.");
        CheckShape(network.Input);
        long entries = 0;
        foreach (var (layer, input) in network.Walk())
        {
            if (layer is not LinearLayer linear) continue;
            if (layer is ConvolutionLayer convolution) CheckGeometry(convolution, input);
            var output = layer.OutputShape(input);
            CheckShape(output);
            entries += linear is ConvolutionLayer first && ReferenceEquals(first, network.Layers[0])
                ? first.Weights.Count
                : (long)output.Count * input.Count;
            if (entries > MaxMatrixEntries)
                throw new HomomorphicException($"The network's matrices have {entries:N0} entries up to the layer {input} to {output}; at most {MaxMatrixEntries:N0} are computed on encrypted values. "
                    + "Take fewer hidden units or channels, a single convolution, or smaller images.");
        }
    }

    internal void CheckShape(TensorShape shape)
    {
        if (shape.Channels < 1 || shape.Height < 1 || shape.Width < 1 || shape.Channels > MaxValues || shape.Height > MaxValues || shape.Width > MaxValues
            || (long)shape.Channels * shape.Height > MaxValues || (long)shape.Channels * shape.Height * shape.Width > MaxValues)
            throw new HomomorphicException($"{shape} values between two layers; 1 to {MaxValues:N0} are computed on encrypted values. Take fewer channels or smaller images.");
    }

    /// <summary>So that no size computed from them overflows.</summary>
    internal void CheckGeometry(ConvolutionLayer layer, TensorShape input)
    {
        if (layer.Maps < 1 || layer.Maps > MaxValues || layer.Kernel < 1 || layer.Kernel > MaxValues || layer.Stride < 1 || layer.Stride > layer.Kernel || layer.Padding < 0 || layer.Padding >= layer.Kernel)
            throw new HomomorphicException($"A convolution of {layer.Maps} maps, kernel {layer.Kernel}, stride {layer.Stride}, padding {layer.Padding} is not supported: stride at most the kernel, padding less.");
        var (rows, columns) = (input.Height + 2L * layer.Padding - layer.Kernel, input.Width + 2L * layer.Padding - layer.Kernel);
        if (rows < 0 || columns < 0 || layer.Maps * (rows / layer.Stride + 1) * (columns / layer.Stride + 1) > MaxValues)
            throw new HomomorphicException($"A convolution of {layer.Maps} maps, kernel {layer.Kernel}, stride {layer.Stride}, padding {layer.Padding} on {input} gives none or more than {MaxValues:N0} values. Take fewer channels or smaller images.");
    }
}
