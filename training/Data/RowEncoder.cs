using AIaaS.Models.Preprocessing;
using AIaaS.Training.Learning;
using static TorchSharp.torch;

namespace AIaaS.Training.Data;

/// <summary>Preprocesses rows into tensors, once; the exported graph does the same to what it is asked.</summary>
internal sealed class RowEncoder(InputLayout layout, ModelHead head, Device device)
{
    public TrainingSet Encode(RawRows rows)
    {
        using var _ = no_grad();
        var features = empty([rows.Count, .. layout.RowShape.Select(size => (long)size)], float32, device);
        long first = 0;
        foreach (var chunk in rows.Chunks)
        {
            using var encoded = Features(chunk);
            using var target = features.narrow(0, first, chunk.Rows);
            target.copy_(encoded);
            first += chunk.Rows;
        }
        return new TrainingSet(features, Targets(rows));
    }

    /// <returns>FP32 [rows, …] on the CPU.</returns>
    public Tensor Features(RawChunk chunk)
    {
        var values = new float[checked(chunk.Rows * layout.Width)];
        if (layout.Image is { } image) Pixels(image, ((ImageValues)chunk.Columns[0]).Values, values);
        else Columns(chunk, values);
        return tensor(values, [chunk.Rows, .. layout.RowShape.Select(size => (long)size)]);
    }

    private Tensor Targets(RawRows rows) => head is RegressionHead regression
        ? tensor([.. rows.Labels.Select(value => (float)((value - regression.Mean) / regression.Deviation))], [rows.Count, 1], device: device)
        : tensor([.. rows.Labels.Select(index => (long)index)], device: device);

    private static void Pixels(ImageInput image, byte[] bytes, float[] values)
    {
        var channels = image.Channels;
        var plane = image.Height * image.ImageWidth;
        var table = new float[channels][];
        for (var channel = 0; channel < channels; channel++)
        {
            double mean = image.Mean[channel], deviation = image.Deviation[channel];
            table[channel] = [.. Enumerable.Range(0, 256).Select(value => (float)(((value / 255.0) - mean) / deviation))];
        }
        for (var row = 0; row < bytes.Length; row += plane * channels)
            for (var channel = 0; channel < channels; channel++)
                for (var pixel = 0; pixel < plane; pixel++)
                    values[row + (channel * plane) + pixel] = table[channel][bytes[row + (pixel * channels) + channel]];
    }

    /// <summary>Numbers, then categories, then vectors, as <see cref="InputLayout"/> says.</summary>
    private void Columns(RawChunk chunk, float[] values)
    {
        var at = 0;
        foreach (var (input, column) in Ordered<NumberInput>(chunk))
        {
            var numbers = ((NumberValues)column).Values;
            for (var row = 0; row < chunk.Rows; row++)
                values[(row * layout.Width) + at] = double.IsNaN(numbers[row]) ? 0 : (float)((numbers[row] - input.Mean) / input.Deviation);
            at++;
        }
        foreach (var (input, column) in Ordered<CategoryInput>(chunk))
        {
            var indices = ((CategoryValues)column).Values;
            for (var row = 0; row < chunk.Rows; row++)
                if (indices[row] >= 0) values[(row * layout.Width) + at + indices[row]] = 1;
            at += input.Width;
        }
        foreach (var (input, column) in Ordered<VectorInput>(chunk))
        {
            var elements = ((VectorValues)column).Values;
            for (var i = 0; i < elements.Length; i++)
                values[(i / input.Width * layout.Width) + at + (i % input.Width)] = (elements[i] - input.Mean[i % input.Width]) / input.Deviation[i % input.Width];
            at += input.Width;
        }
    }

    private IEnumerable<(TInput Input, RawColumn Column)> Ordered<TInput>(RawChunk chunk)
        where TInput : ModelInput =>
        layout.Inputs.Index().Where(entry => entry.Item is TInput).Select(entry => ((TInput)entry.Item, chunk.Columns[entry.Index]));
}
