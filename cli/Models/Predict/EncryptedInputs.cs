using AIaaS.Cli.CommandLine;
using AIaaS.Client;

namespace AIaaS.Cli.Models.Predict;

/// <summary>Fits samples to what a network for encrypted input takes: numbers within its range, channel by channel.</summary>
internal static class EncryptedInputs
{
    private const double MaxPixel = 255;

    /// <param name="signature">Of the model in the clear: UINT8 says that samples are pixels.</param>
    /// <param name="model">Opened.</param>
    /// <param name="samples">An image, or numbers.</param>
    /// <param name="terminal">For what is worth a note.</param>
    public static IReadOnlyList<double[]> Of(ModelSignature signature, EncryptedModel model, Samples samples, Terminal terminal)
    {
        if (model.InputShape is not [var channels, var height, var width]) throw SampleReader.Refuse("The model's input has no shape that is known here.");
        var tensor = samples switch
        {
            ImageSample image when channels is 1 or 3 => ImagePixels.Decode(image.File, height, width, channels, terminal),
            TensorSamples numbers => numbers,
            _ => throw SampleReader.Refuse($"The model takes {channels} x {height} x {width} numbers on encrypted input."),
        };
        var size = channels * height * width;
        if (tensor.Values.Length == 0 || tensor.Values.Length % size != 0) throw SampleReader.Refuse($"The data has shape [{string.Join(", ", tensor.Shape)}], and the model takes {channels} x {height} x {width}.");
        var pixels = samples is ImageSample || signature.Inputs is [{ Datatype: "UINT8" }];
        var range = model.InputRange;
        return [.. tensor.Values.Chunk(size).Select(sample => ByChannel(sample, channels)
            .Select(value => pixels ? range[0] + (value / MaxPixel * (range[1] - range[0])) : value).ToArray())];
    }

    /// <summary>Files have the channels of a pixel side by side; networks have one channel after the other.</summary>
    private static IEnumerable<double> ByChannel(double[] sample, int channels) =>
        Enumerable.Range(0, sample.Length).Select(index => sample[(index % (sample.Length / channels) * channels) + (index / (sample.Length / channels))]);
}
