using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Models.Families;
using NetworkPlan = AIaaS.Models.Families.NetworkPlan;

namespace AIaaS.Pipeline.Jobs;

/// <summary>A network of squares as the homomorphic planner takes it.</summary>
public static class PlannableNetwork
{
    /// <param name="plan">Normalization folded or to be folded (it is passed over); activations are squares.</param>
    /// <param name="weights">By <see cref="ParameterSpec.Name"/>, for pixels divided by 255.</param>
    /// <exception cref="NotSupportedException">A layer cannot be computed on encrypted input.</exception>
    public static NetworkDescription Of(NetworkPlan plan, IReadOnlyDictionary<string, float[]> weights)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(weights);
        var layers = new List<NetworkLayer>();
        for (var i = 0; i < plan.Layers.Count; i++)
        {
            switch (plan.Layers[i])
            {
                case DenseSpec dense:
                    layers.Add(new DenseLayer(new WeightMatrix(dense.Outputs, dense.Inputs, Values(i, "weight"))) { Bias = Values(i, "bias") });
                    break;
                case ConvSpec conv:
                    layers.Add(new ConvolutionLayer(conv.Outputs, conv.Inputs, conv.Kernel, conv.Stride, conv.Padding, Values(i, "weight")) { Bias = Values(i, "bias") });
                    break;
                case SquareSpec:
                    layers.Add(new SquareLayer());
                    break;
                case FlattenSpec or BatchNormSpec:
                    break;
                default:
                    throw new NotSupportedException($"{plan.Layers[i].GetType().Name} is not computed on encrypted input.");
            }
        }
        return new NetworkDescription(new TensorShape(plan.InputShape[0], plan.InputShape[1], plan.InputShape[2]), new ValueRange(0, 1), layers);

        double[] Values(int index, string what) => Array.ConvertAll(weights[$"{index}.{what}"], value => (double)value);
    }
}
