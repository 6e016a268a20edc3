using AIaaS.Models.Families;
using static TorchSharp.torch;

namespace AIaaS.Training.Networks;

/// <summary>A plan's layers in TorchSharp.</summary>
internal sealed class Network(NetworkPlan plan, FlatParameters parameters)
{
    /// <param name="rows">FP32 [N, …] of the plan's input shape, preprocessed.</param>
    /// <param name="training">With dropout, from torch's generator.</param>
    /// <returns>FP32 [N, outputs]: logits, or standardised values.</returns>
    public Tensor Forward(Tensor rows, bool training)
    {
        var value = rows;
        var parameter = 0;
        for (var i = 0; i < plan.Layers.Count; i++)
        {
            value = plan.Layers[i] switch
            {
                // max(relu(x)) = relu(max(x)): pooling first leaves a quarter of the values, and the result is the same to the bit.
                ReluSpec when i + 1 < plan.Layers.Count && plan.Layers[i + 1] is MaxPoolSpec pool => nn.functional.relu(Pool(value, pool)),
                DenseSpec => nn.functional.linear(value, parameters[parameter++], parameters[parameter++]),
                ConvSpec conv => nn.functional.conv2d(
                    value, parameters[parameter++], parameters[parameter++], strides: [1, 1], padding: [conv.Kernel / 2, conv.Kernel / 2], dilation: [1, 1]),
                ReluSpec => nn.functional.relu(value),
                MaxPoolSpec when i > 0 && plan.Layers[i - 1] is ReluSpec => value, // done with the ReLU before it
                MaxPoolSpec pool => Pool(value, pool),
                FlattenSpec => value.flatten(1),
                DropoutSpec dropout => training ? nn.functional.dropout(value, dropout.Rate, training: true) : value,
                _ => throw new NotSupportedException(plan.Layers[i].GetType().Name),
            };
        }
        return value;
    }

    private static Tensor Pool(Tensor value, MaxPoolSpec pool) =>
        nn.functional.max_pool2d(value, kernel_size: pool.Size, stride: pool.Size, padding: 0, dilation: 1, ceil_mode: false);
}
