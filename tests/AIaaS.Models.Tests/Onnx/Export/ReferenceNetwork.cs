using AIaaS.Models.Families;
using AIaaS.Models.Onnx.Export;
using AIaaS.Models.Preprocessing;

namespace AIaaS.Models.Tests.Onnx.Export;

/// <summary>The network computed one row at a time in FP64, straight from its definition.</summary>
internal static class ReferenceNetwork
{
    /// <param name="network">Weights.</param>
    /// <param name="row">By column: double, string, float[] or byte[].</param>
    /// <returns>Probabilities, or the one value.</returns>
    public static double[] Run(TrainedNetwork network, IReadOnlyDictionary<string, object> row)
    {
        var shape = network.Layout.RowShape.ToArray();
        var values = Preprocess(network.Layout, row);
        for (var i = 0; i < network.Plan.Layers.Count; i++)
        {
            (values, shape) = network.Plan.Layers[i] switch
            {
                DenseSpec dense => (Dense(dense, network.Weights[$"{i}.weight"], network.Weights[$"{i}.bias"], values), [dense.Outputs]),
                ConvSpec conv => (Conv(conv, shape, network.Weights[$"{i}.weight"], network.Weights[$"{i}.bias"], values), [conv.Outputs, Side(conv, shape[1]), Side(conv, shape[2])]),
                SquareSpec => ([.. values.Select(value => value * value)], shape),
                ReluSpec => ([.. values.Select(value => Math.Max(value, 0))], shape),
                MaxPoolSpec pool => (Pool(pool.Size, shape, values), [shape[0], shape[1] / pool.Size, shape[2] / pool.Size]),
                _ => (values, shape),
            };
        }
        if (network.Head is RegressionHead regression) return [(values[0] * regression.Deviation) + regression.Mean];
        var exp = values.Select(value => Math.Exp(value - values.Max())).ToArray();
        return [.. exp.Select(value => value / exp.Sum())];
    }

    private static double[] Preprocess(InputLayout layout, IReadOnlyDictionary<string, object> row)
    {
        if (layout.Image is { } image)
        {
            var pixels = (byte[])row[image.Name];
            var planes = new double[pixels.Length];
            for (var i = 0; i < pixels.Length; i++)
            {
                var channel = i % image.Channels;
                planes[(channel * image.Height * image.ImageWidth) + (i / image.Channels)] =
                    ((pixels[i] / 255.0) - image.Mean[channel]) / image.Deviation[channel];
            }
            return planes;
        }
        return
        [
            .. layout.Numbers.Select(number => double.IsNaN((double)row[number.Name]) ? 0 : ((double)row[number.Name] - number.Mean) / number.Deviation),
            .. layout.Categories.SelectMany(category => category.Categories.Select(known => known == (string)row[category.Name] ? 1.0 : 0.0)),
            .. layout.Vectors.SelectMany(vector => ((float[])row[vector.Name]).Select((value, i) => (double)(value - vector.Mean[i]) / vector.Deviation[i])),
        ];
    }

    private static double[] Dense(DenseSpec dense, float[] weight, float[] bias, double[] x) =>
        [.. Enumerable.Range(0, dense.Outputs).Select(o => bias[o] + Enumerable.Range(0, dense.Inputs).Sum(i => weight[(o * dense.Inputs) + i] * x[i]))];

    private static double[] Conv(ConvSpec conv, int[] shape, float[] weight, float[] bias, double[] x)
    {
        int height = shape[1], width = shape[2], rows = Side(conv, height), columns = Side(conv, width);
        var y = new double[conv.Outputs * rows * columns];
        for (var o = 0; o < conv.Outputs; o++)
            for (var r = 0; r < rows; r++)
                for (var c = 0; c < columns; c++)
                {
                    double sum = bias[o];
                    for (var i = 0; i < conv.Inputs; i++)
                        for (var kr = 0; kr < conv.Kernel; kr++)
                            for (var kc = 0; kc < conv.Kernel; kc++)
                            {
                                int sr = (r * conv.Stride) + kr - conv.Padding, sc = (c * conv.Stride) + kc - conv.Padding;
                                if (sr < 0 || sr >= height || sc < 0 || sc >= width) continue;
                                sum += x[(((i * height) + sr) * width) + sc] * weight[(((((o * conv.Inputs) + i) * conv.Kernel) + kr) * conv.Kernel) + kc];
                            }
                    y[(((o * rows) + r) * columns) + c] = sum;
                }
        return y;
    }

    private static int Side(ConvSpec conv, int side) => ((side + (2 * conv.Padding) - conv.Kernel) / conv.Stride) + 1;

    private static double[] Pool(int size, int[] shape, double[] x)
    {
        int height = shape[1] / size, width = shape[2] / size;
        return [.. from channel in Enumerable.Range(0, shape[0])
                   from row in Enumerable.Range(0, height)
                   from column in Enumerable.Range(0, width)
                   select (from dr in Enumerable.Range(0, size)
                           from dc in Enumerable.Range(0, size)
                           select x[(((channel * shape[1]) + (row * size) + dr) * shape[2]) + (column * size) + dc]).Max()];
    }
}
