using AIaaS.Models.Families;
using AIaaS.Models.Onnx.Proto;
using AIaaS.Models.Preprocessing;
using static AIaaS.Models.Onnx.Export.GraphBuilder;

namespace AIaaS.Models.Onnx.Export;

/// <summary>Writes a trained network as ONNX: raw features in, labels with probabilities or a value out.</summary>
public static class GraphWriter
{
    /// <param name="network">Weights and all that surrounds them.</param>
    /// <param name="fold">Multiply the scaling of images into the first layer: fewer operations a request, equal but for rounding.</param>
    /// <returns>The file; the same network gives the same bytes.</returns>
    public static byte[] Write(TrainedNetwork network, bool fold)
    {
        var graph = new GraphBuilder(network.Layout.Inputs.Select(input => input.Name));
        var first = network.Plan.Layers.FirstOrDefault(layer => layer is DenseSpec or ConvSpec);
        var weights = new Dictionary<string, float[]>(network.Weights, StringComparer.Ordinal);
        string value;
        if (fold && network.Layout.Image is { } image)
        {
            InputGraph.Declare(graph, image);
            value = first is DenseSpec
                ? ImageFold.IntoDense(graph, image, network.Plan, weights)
                : ImageFold.IntoConvolution(graph, image, network.Plan, weights);
        }
        else
        {
            value = InputGraph.Write(graph, network.Layout);
            fold = false;
        }

        if (network.Head is RegressionHead regression) FoldIntoValue(regression, network.Plan, weights);
        for (var i = 0; i < network.Plan.Layers.Count; i++)
        {
            // Folded into a dense layer, the image is flat already, in the order of its bytes.
            if (fold && first is DenseSpec && network.Plan.Layers[i] is FlattenSpec) continue;
            value = Layer(graph, network.Plan.Layers[i], i, value, weights);
        }
        Head(graph, network, value);
        return graph.Build(network.Metadata);
    }

    private static string Layer(GraphBuilder graph, LayerSpec layer, int index, string value, Dictionary<string, float[]> weights)
    {
        switch (layer)
        {
            case DenseSpec dense:
                return graph.Node("Gemm",
                    [value, Weight([dense.Outputs, dense.Inputs]), Bias(dense.Outputs)], [Attribute("transB", 1L)]);
            case ConvSpec conv:
                long pad = conv.Padding;
                AttributeProto[] window = [Attribute("kernel_shape", conv.Kernel, conv.Kernel), Attribute("pads", pad, pad, pad, pad)];
                return graph.Node("Conv",
                    [value, Weight([conv.Outputs, conv.Inputs, conv.Kernel, conv.Kernel]), Bias(conv.Outputs)],
                    conv.Stride == 1 ? window : [.. window, Attribute("strides", conv.Stride, conv.Stride)]);
            case ReluSpec:
                return graph.Node("Relu", [value]);
            case SquareSpec:
                return graph.Node("Mul", [value, value]);
            case MaxPoolSpec pool:
                return graph.Node("MaxPool", [value], [Attribute("kernel_shape", pool.Size, pool.Size), Attribute("strides", pool.Size, pool.Size)]);
            case FlattenSpec:
                return graph.Node("Flatten", [value], [Attribute("axis", 1L)]);
            case DropoutSpec:
                return value;
            default:
                throw new NotSupportedException(layer.GetType().Name);
        }

        string Weight(long[] shape) => graph.Constant($"{index}.weight", OnnxType.Float, weights[$"{index}.weight"], shape);
        string Bias(long length) => graph.Constant($"{index}.bias", OnnxType.Float, weights[$"{index}.bias"], length);
    }

    private static void Head(GraphBuilder graph, TrainedNetwork network, string value)
    {
        var outputs = OutputNames.Of(network.Layout, network.Head);
        if (network.Head is ClassificationHead classification)
        {
            var classes = graph.Constant("classes", classification.Classes);
            var best = graph.Node("ArgMax", [value], [Attribute("axis", 1L), Attribute("keepdims", 0L)]);
            graph.Node("Gather", [classes, best], output: outputs[0]);
            graph.Node("Softmax", [value], [Attribute("axis", 1L)], outputs[1]);
            graph.Output(outputs[0], OnnxType.Text);
            graph.Output(outputs[1], OnnxType.Float, classification.Classes.Count);
        }
        else
        {
            graph.Node("Identity", [value], output: outputs[0]);
            graph.Output(outputs[0], OnnxType.Float, 1);
        }
    }

    /// <summary>The last layer gives the value itself instead of the standardised one.</summary>
    private static void FoldIntoValue(RegressionHead head, NetworkPlan plan, Dictionary<string, float[]> weights)
    {
        var last = plan.Layers.Count - 1;
        weights[$"{last}.weight"] = [.. weights[$"{last}.weight"].Select(weight => (float)(weight * head.Deviation))];
        weights[$"{last}.bias"] = [.. weights[$"{last}.bias"].Select(bias => (float)((bias * head.Deviation) + head.Mean))];
    }
}
