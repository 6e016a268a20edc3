namespace AIaaS.Models.Families;

/// <summary>The families a job file may name, and the layers each is made of. docs/model-families.md describes them.</summary>
public static class ModelFamily
{
    public const string Linear = "linear";
    public const string Mlp = "mlp";
    public const string Cnn = "cnn";

    /// <summary>A bound on memory: 64 million 32-bit parameters are 256 MB, four times that with gradients and optimizer.</summary>
    public const long MaximumParameters = 64_000_000;

    public static IReadOnlyList<string> Names { get; } = [Linear, Mlp, Cnn];

    /// <param name="family">linear (one dense layer), mlp (dense, ReLU, …) or cnn (3x3 convolution, ReLU, 2x2 pooling, …, then as mlp).</param>
    /// <param name="inputShape">[width] of a table or vector, [channels, height, width] of an image.</param>
    /// <param name="outputs">Classes, or 1 for regression.</param>
    /// <param name="hidden">Widths of hidden dense layers; ignored by linear.</param>
    /// <param name="channels">Channels of the convolution blocks; used by cnn alone.</param>
    /// <param name="dropout">After each hidden dense layer; 0 for none.</param>
    /// <exception cref="ArgumentException">The family is unknown, does not fit the input, or has too many parameters.</exception>
    public static NetworkPlan Plan(
        string family, IReadOnlyList<int> inputShape, int outputs, IReadOnlyList<int> hidden, IReadOnlyList<int> channels, double dropout)
    {
        var layers = new List<LayerSpec>();
        int width;
        switch (family)
        {
            case Linear:
                width = Flatten(layers, inputShape);
                break;
            case Mlp:
                width = Hidden(layers, Flatten(layers, inputShape), hidden, dropout);
                break;
            case Cnn:
                width = Hidden(layers, Flatten(layers, Convolutions(layers, inputShape, channels)), hidden, dropout);
                break;
            default:
                throw new ArgumentException($"There is no model family '{family}'; there are {string.Join(", ", Names)}.", nameof(family));
        }
        layers.Add(new DenseSpec(width, outputs));
        var plan = new NetworkPlan(family, inputShape, outputs, layers);
        return plan.ParameterCount <= MaximumParameters
            ? plan
            : throw new ArgumentException(
                $"The network has {plan.ParameterCount:N0} parameters; at most {MaximumParameters:N0} are allowed. Take fewer hidden units or channels, or smaller images.", nameof(hidden));
    }

    private static int Flatten(List<LayerSpec> layers, IReadOnlyList<int> shape)
    {
        if (shape.Count > 1) layers.Add(new FlattenSpec());
        return shape.Aggregate(1, (product, size) => checked(product * size));
    }

    private static int Hidden(List<LayerSpec> layers, int width, IReadOnlyList<int> hidden, double dropout)
    {
        foreach (var units in hidden)
        {
            layers.Add(new DenseSpec(width, units));
            layers.Add(new ReluSpec());
            if (dropout > 0) layers.Add(new DropoutSpec(dropout));
            width = units;
        }
        return width;
    }

    private static int[] Convolutions(List<LayerSpec> layers, IReadOnlyList<int> shape, IReadOnlyList<int> channels)
    {
        if (shape.Count != 3)
            throw new ArgumentException("The family cnn needs images; this dataset has none. Take mlp or linear.", nameof(shape));
        int depth = shape[0], height = shape[1], width = shape[2];
        foreach (var count in channels)
        {
            layers.Add(new ConvSpec(depth, count, 3));
            layers.Add(new ReluSpec());
            layers.Add(new MaxPoolSpec(2));
            (depth, height, width) = (count, height / 2, width / 2);
        }
        return height > 0 && width > 0
            ? [depth, height, width]
            : throw new ArgumentException(
                $"{channels.Count} convolution blocks halve an image of {shape[1]} x {shape[2]} to nothing. Take fewer channels.", nameof(channels));
    }
}
