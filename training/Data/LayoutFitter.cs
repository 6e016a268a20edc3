using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Datasets;

namespace AIaaS.Training.Data;

/// <summary>Learns the preprocessing from the training split: means, standard deviations; categories are the schema's.</summary>
internal static class LayoutFitter
{
    /// <exception cref="ArgumentException">The features do not make a model's input (an image beside other columns).</exception>
    public static InputLayout Fit(IReadOnlyList<ColumnSchema> features, RawRows train) =>
        new([.. features.Select((column, index) => Fit(column, train.Chunks.Select(chunk => chunk.Columns[index])))]);

    public static ModelHead Head(ColumnSchema label, RawRows train)
    {
        if (label.Type == ColumnType.Category) return new ClassificationHead(label.Categories);
        var moments = new Moments();
        foreach (var value in train.Labels) moments.Add(value);
        return new RegressionHead(moments.Mean, moments.Deviation);
    }

    private static ModelInput Fit(ColumnSchema column, IEnumerable<RawColumn> chunks)
    {
        switch (column.Type)
        {
            case ColumnType.Number:
                var number = new Moments();
                foreach (var value in chunks.Cast<NumberValues>().SelectMany(chunk => chunk.Values))
                    if (!double.IsNaN(value)) number.Add(value);
                return new NumberInput(column.Name, number.Mean, number.Deviation);
            case ColumnType.Category:
                return new CategoryInput(column.Name, column.Categories);
            case ColumnType.Vector:
                var elements = new Moments[column.Shape[0]];
                foreach (var chunk in chunks.Cast<VectorValues>())
                    for (var i = 0; i < chunk.Values.Length; i++) elements[i % elements.Length].Add(chunk.Values[i]);
                return new VectorInput(column.Name, [.. elements.Select(element => (float)element.Mean)], [.. elements.Select(element => (float)element.Deviation)]);
            case ColumnType.Image:
                var channels = ImageMoments(column.Shape[2], chunks.Cast<ImageValues>());
                return new ImageInput(column.Name, column.Shape[0], column.Shape[1], column.Shape[2],
                    [.. channels.Select(channel => (float)channel.Mean)], [.. channels.Select(channel => (float)channel.Deviation)]);
            default:
                throw new NotSupportedException($"Columns of type {column.Type} are no features.");
        }
    }

    /// <summary>Of pixels divided by 255, from a count of each byte value: exact, and one addition a byte.</summary>
    private static Moments[] ImageMoments(int channels, IEnumerable<ImageValues> chunks)
    {
        var counts = new long[channels, 256];
        foreach (var chunk in chunks)
            for (var i = 0; i < chunk.Values.Length; i++) counts[i % channels, chunk.Values[i]]++;
        var moments = new Moments[channels];
        for (var channel = 0; channel < channels; channel++)
            for (var value = 0; value < 256; value++) moments[channel].Add(value / 255.0, counts[channel, value]);
        return moments;
    }
}
