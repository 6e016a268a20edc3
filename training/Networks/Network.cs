using AIaaS.Models.Families;
using static TorchSharp.torch;

namespace AIaaS.Training.Networks;

/// <summary>A plan's layers in TorchSharp.</summary>
internal sealed class Network(NetworkPlan plan, FlatParameters parameters)
{
    public NetworkPlan Plan => plan;

    /// <summary>Of the batch normalizations, where there are any: what they divide by outside training.</summary>
    public BatchStatistics Statistics { get; } = new(plan);

    /// <param name="rows">FP32 [N, …] of the plan's input shape, preprocessed.</param>
    /// <param name="training">With dropout, from torch's generator, and normalized by the batch itself.</param>
    /// <returns>FP32 [N, outputs]: logits, or standardised values.</returns>
    public Tensor Forward(Tensor rows, bool training) => Run(rows, plan.Layers.Count, training);

    /// <summary>What goes into a layer, outside training.</summary>
    /// <param name="rows">As for <see cref="Forward"/>.</param>
    /// <param name="layer">Its index in the plan; the number of layers for the outputs.</param>
    /// <param name="onLayer">Called with the index and the outputs of every layer before it.</param>
    public Tensor Before(Tensor rows, int layer, Action<int, Tensor>? onLayer = null) => Run(rows, layer, training: false, onLayer);

    private Tensor Run(Tensor rows, int end, bool training, Action<int, Tensor>? onLayer = null)
    {
        var value = rows;
        var parameter = 0;
        for (var i = 0; i < end; i++)
        {
            value = plan.Layers[i] switch
            {
                // max(relu(x)) = relu(max(x)): pooling first leaves a quarter of the values, and the result is the same to the bit.
                ReluSpec when i + 1 < plan.Layers.Count && plan.Layers[i + 1] is MaxPoolSpec pool => nn.functional.relu(Pool(value, pool)),
                DenseSpec => nn.functional.linear(value, parameters[parameter++], parameters[parameter++]),
                ConvSpec conv => nn.functional.conv2d(
                    value, parameters[parameter++], parameters[parameter++], strides: [conv.Stride, conv.Stride], padding: [conv.Padding, conv.Padding], dilation: [1, 1]),
                BatchNormSpec => Statistics.Normalise(i, value, parameters[parameter++], parameters[parameter++], training),
                ReluSpec => nn.functional.relu(value),
                SquareSpec => value.square(),
                MaxPoolSpec when i > 0 && plan.Layers[i - 1] is ReluSpec => value, // done with the ReLU before it
                MaxPoolSpec pool => Pool(value, pool),
                FlattenSpec => value.flatten(1),
                DropoutSpec dropout => training ? nn.functional.dropout(value, dropout.Rate, training: true) : value,
                _ => throw new NotSupportedException(plan.Layers[i].GetType().Name),
            };
            onLayer?.Invoke(i, value);
        }
        return value;
    }

    private static Tensor Pool(Tensor value, MaxPoolSpec pool) =>
        nn.functional.max_pool2d(value, kernel_size: pool.Size, stride: pool.Size, padding: 0, dilation: 1, ceil_mode: false);
}
