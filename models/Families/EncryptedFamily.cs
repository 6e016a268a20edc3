namespace AIaaS.Models.Families;

/// <summary>The families as networks that can be computed on encrypted input: squares instead of ReLU, strides instead of pooling.</summary>
/// <remarks>
/// Wide and shallow: every square costs a level, and depth was measured to lose accuracy. Batch normalization before each square keeps
/// its inputs near one. docs/encrypted-training.md has the recipe.
/// </remarks>
public static class EncryptedFamily
{
    /// <summary>More lose more precision than they give accuracy.</summary>
    public const int MaxSquares = 3;

    /// <summary>Of a convolution: kernel 5, stride 2, padding 1.</summary>
    private const int Kernel = 5, Stride = 2, Padding = 1;

    /// <summary>Squares: one for each convolution and hidden layer.</summary>
    public static int Squares(string family, IReadOnlyList<int> hidden, IReadOnlyList<int> channels) => family switch
    {
        ModelFamily.Linear => 0,
        ModelFamily.Cnn => channels.Count + hidden.Count,
        _ => hidden.Count,
    };

    /// <param name="family">linear, mlp (dense, normalization, activation, …) or cnn (5x5 convolution with stride 2, normalization, activation, …, then as mlp).</param>
    /// <param name="inputShape">[channels, height, width] of an image.</param>
    /// <param name="outputs">Classes.</param>
    /// <param name="hidden">Widths of hidden dense layers; ignored by linear.</param>
    /// <param name="channels">Maps of the convolutions; used by cnn alone.</param>
    /// <param name="activation">A square; or a ReLU, for the same network to compare with.</param>
    /// <exception cref="ArgumentException">The family does not fit the input, or has too many squares or parameters.</exception>
    public static NetworkPlan Plan(
        string family, IReadOnlyList<int> inputShape, int outputs, IReadOnlyList<int> hidden, IReadOnlyList<int> channels, LayerSpec activation)
    {
        if (Squares(family, hidden, channels) > MaxSquares)
            throw new ArgumentException($"{Squares(family, hidden, channels)} layers with activations need as many squares; {MaxSquares} are precise enough on encrypted input. Take fewer and wider layers.", nameof(hidden));
        var layers = new List<LayerSpec>();
        var shape = inputShape.ToArray();
        foreach (var maps in family == ModelFamily.Cnn ? channels : [])
        {
            if (shape.Length != 3 || Math.Min(shape[1], shape[2]) + 2 * Padding < Kernel)
                throw new ArgumentException($"A convolution with a kernel of {Kernel} does not fit an input of {string.Join(" x ", shape)}. Take fewer channels, or mlp.", nameof(channels));
            layers.AddRange([new ConvSpec(shape[0], maps, Kernel) { Stride = Stride, Padding = Padding }, new BatchNormSpec(maps), activation]);
            shape = [maps, Side(shape[1]), Side(shape[2])];
        }
        if (shape.Length > 1) layers.Add(new FlattenSpec());
        var width = shape.Aggregate(1, (product, size) => checked(product * size));
        foreach (var units in family == ModelFamily.Linear ? [] : hidden)
        {
            layers.AddRange([new DenseSpec(width, units), new BatchNormSpec(units), activation]);
            width = units;
        }
        layers.Add(new DenseSpec(width, outputs));
        var plan = new NetworkPlan(family, inputShape, outputs, layers);
        return plan.ParameterCount <= ModelFamily.MaximumParameters
            ? plan
            : throw new ArgumentException($"The network has {plan.ParameterCount:N0} parameters; at most {ModelFamily.MaximumParameters:N0} are allowed. Take fewer hidden units or channels, or smaller images.", nameof(hidden));
    }

    private static int Side(int side) => (side + 2 * Padding - Kernel) / Stride + 1;
}
