using AIaaS.Models.Preprocessing;
using static AIaaS.Models.Onnx.Export.GraphBuilder;

namespace AIaaS.Models.Onnx.Export;

/// <summary>Writes the preprocessing into the graph: from raw columns to what the first layer takes.</summary>
internal static class InputGraph
{
    /// <returns>The value [N, width] or, for images, [N, channels, height, width].</returns>
    public static string Write(GraphBuilder graph, InputLayout layout)
    {
        foreach (var input in layout.Inputs) Declare(graph, input);
        if (layout.Image is { } image) return Image(graph, image);

        var blocks = new List<string>();
        if (layout.Numbers.Count > 0) blocks.Add(Numbers(graph, layout.Numbers));
        blocks.AddRange(layout.Categories.Select(category => Category(graph, category)));
        blocks.AddRange(layout.Vectors.Select((vector, index) => Vector(graph, vector, index)));
        return Join(graph, blocks);
    }

    public static void Declare(GraphBuilder graph, ModelInput input) => _ = input switch
    {
        NumberInput => graph.Input(input.Name, OnnxType.Double, 1),
        CategoryInput => graph.Input(input.Name, OnnxType.Text, 1),
        VectorInput => graph.Input(input.Name, OnnxType.Float, input.Width),
        ImageInput image => graph.Input(input.Name, OnnxType.UInt8, image.Height, image.ImageWidth, image.Channels),
        _ => throw new NotSupportedException(input.GetType().Name),
    };

    /// <summary>Per channel c: pixel · scale[c] + shift[c].</summary>
    public static (float[] Scale, float[] Shift) Affine(ImageInput image) => (
        [.. image.Deviation.Select(deviation => (float)(1 / (255.0 * deviation)))],
        [.. image.Mean.Zip(image.Deviation, (mean, deviation) => (float)(-(double)mean / deviation))]);

    /// <summary>[N, H, W, C] to [N, C, H, W]; with one channel only the shape changes, not the order.</summary>
    public static string ChannelsFirst(GraphBuilder graph, ImageInput image, string value) => image.Channels == 1
        ? graph.Node("Reshape", [value, graph.Constant("nchw", OnnxType.Int64, [-1L, 1L, image.Height, image.ImageWidth], 4)])
        : graph.Node("Transpose", [value], [Attribute("perm", 0, 3, 1, 2)]);

    private static string Image(GraphBuilder graph, ImageInput image)
    {
        var (scale, shift) = Affine(image);
        var pixels = graph.Node("Cast", [image.Name], [Attribute("to", (long)OnnxType.Float)]);
        var scaled = graph.Node("Mul", [pixels, graph.Constant("scale", OnnxType.Float, scale, image.Channels)]);
        var standard = graph.Node("Add", [scaled, graph.Constant("shift", OnnxType.Float, shift, image.Channels)]);
        return ChannelsFirst(graph, image, standard);
    }

    /// <summary>Standardised in FP64, because raw columns (money, times) may need it; what is missing is NaN until the end and then 0, the mean.</summary>
    private static string Numbers(GraphBuilder graph, IReadOnlyList<NumberInput> numbers)
    {
        var raw = Join(graph, [.. numbers.Select(number => number.Name)]);
        var mean = graph.Constant("mean", OnnxType.Double, numbers.Select(number => number.Mean).ToArray(), numbers.Count);
        var deviation = graph.Constant("deviation", OnnxType.Double, numbers.Select(number => number.Deviation).ToArray(), numbers.Count);
        var standard = graph.Node("Div", [graph.Node("Sub", [raw, mean]), deviation]);
        var single = graph.Node("Cast", [standard], [Attribute("to", (long)OnnxType.Float)]);
        var missing = graph.Node("IsNaN", [single]);
        return graph.Node("Where", [missing, graph.Constant("zero", OnnxType.Float, [0f], 1), single]);
    }

    /// <summary>OneHotEncoder gives [N, 1, K]; zeros=1 makes an unseen value zeros instead of an error.</summary>
    private static string Category(GraphBuilder graph, CategoryInput category)
    {
        var oneHot = graph.Node("ai.onnx.ml:OneHotEncoder", [category.Name],
            [Attribute("cats_strings", category.Categories), Attribute("zeros", 1L)]);
        return graph.Node("Flatten", [oneHot], [Attribute("axis", 1L)]);
    }

    private static string Vector(GraphBuilder graph, VectorInput vector, int index)
    {
        var mean = graph.Constant($"vector{index}/mean", OnnxType.Float, vector.Mean.ToArray(), vector.Width);
        var deviation = graph.Constant($"vector{index}/deviation", OnnxType.Float, vector.Deviation.ToArray(), vector.Width);
        return graph.Node("Div", [graph.Node("Sub", [vector.Name, mean]), deviation]);
    }

    private static string Join(GraphBuilder graph, List<string> values) =>
        values.Count == 1 ? values[0] : graph.Node("Concat", [.. values], [Attribute("axis", 1L)]);
}
