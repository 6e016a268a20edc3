using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;
using static AIaaS.Models.Onnx.Export.GraphBuilder;

namespace AIaaS.Models.Onnx.Export;

/// <summary>Takes the scaling of images out of the graph by changing the first layer's weights.</summary>
internal static class ImageFold
{
    /// <summary>
    /// W(s·x + t) + b = (W·s)x + (b + W·t), with the columns of W put into the order of the image's bytes (H, W, C), so
    /// that neither scaling nor transposition is left.
    /// </summary>
    /// <returns>The pixels as FP32 [N, H·W·C].</returns>
    public static string IntoDense(GraphBuilder graph, ImageInput image, NetworkPlan plan, Dictionary<string, float[]> weights)
    {
        var (index, dense) = First<DenseSpec>(plan);
        var (scale, shift) = InputGraph.Affine(image);
        float[] weight = weights[$"{index}.weight"], bias = [.. weights[$"{index}.bias"]];
        var folded = new float[weight.Length];
        var plane = image.Height * image.ImageWidth;
        for (var output = 0; output < dense.Outputs; output++)
        {
            double offset = bias[output];
            for (var channel = 0; channel < image.Channels; channel++)
            {
                for (var pixel = 0; pixel < plane; pixel++)
                {
                    double w = weight[(output * dense.Inputs) + (channel * plane) + pixel];
                    folded[(output * dense.Inputs) + (pixel * image.Channels) + channel] = (float)(w * scale[channel]);
                    offset += w * shift[channel];
                }
            }
            bias[output] = (float)offset;
        }
        weights[$"{index}.weight"] = folded;
        weights[$"{index}.bias"] = bias;
        var pixels = graph.Node("Cast", [image.Name], [Attribute("to", (long)OnnxType.Float)]);
        return graph.Node("Flatten", [pixels], [Attribute("axis", 1L)]);
    }

    /// <summary>
    /// Padding stands for zeros after scaling, so only the factor can move: s·x + t = s(x + t/s), and the convolution of
    /// s·y is that of y with weights W·s, zeros at the edges included.
    /// </summary>
    /// <returns>FP32 [N, C, H, W], shifted but not scaled.</returns>
    public static string IntoConvolution(GraphBuilder graph, ImageInput image, NetworkPlan plan, Dictionary<string, float[]> weights)
    {
        var (index, conv) = First<ConvSpec>(plan);
        var (scale, shift) = InputGraph.Affine(image);
        float[] folded = [.. weights[$"{index}.weight"]];
        var kernel = conv.Kernel * conv.Kernel;
        for (var i = 0; i < folded.Length; i++) folded[i] *= scale[i / kernel % conv.Inputs];
        weights[$"{index}.weight"] = folded;
        var pixels = graph.Node("Cast", [image.Name], [Attribute("to", (long)OnnxType.Float)]);
        if (shift.All(value => value == 0)) return InputGraph.ChannelsFirst(graph, image, pixels);
        var ratio = graph.Constant("shift", OnnxType.Float, shift.Zip(scale, (t, s) => (float)((double)t / s)).ToArray(), image.Channels);
        return InputGraph.ChannelsFirst(graph, image, graph.Node("Add", [pixels, ratio]));
    }

    private static (int Index, TLayer Layer) First<TLayer>(NetworkPlan plan)
        where TLayer : LayerSpec =>
        plan.Layers.Index().Where(entry => entry.Item is TLayer).Select(entry => (entry.Index, (TLayer)entry.Item)).First();
}
