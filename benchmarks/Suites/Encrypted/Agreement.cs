using System.Collections.Concurrent;
using AIaaS.Client;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>Encrypted predictions beside the same network's in the clear.</summary>
/// <param name="Images">That were asked.</param>
/// <param name="ClearAccuracy">Share whose class is the label's, in the clear.</param>
/// <param name="EncryptedAccuracy">The same, encrypted.</param>
/// <param name="Rms">Root of the mean square error of a score.</param>
/// <param name="Largest">Error of a score.</param>
/// <param name="Misses">By image whose classes differ: how far apart the two clear scores are between which it was decided otherwise.</param>
internal sealed record Agreement(int Images, double ClearAccuracy, double EncryptedAccuracy, double Rms, double Largest, IReadOnlyDictionary<int, double> Misses)
{
    private const int AtOnce = 3;

    public double SameClass => 1 - (Misses.Count / (double)Images);

    public double WidestMiss => Misses.Values.DefaultIfEmpty().Max();

    public static async Task<Agreement> MeasureAsync(EncryptedModel model, NetworkDescription network, TestImages images, CancellationToken cancellationToken)
    {
        var asked = new ConcurrentBag<Asked>();
        await Parallel.ForEachAsync(Enumerable.Range(0, images.HeldOut.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (image, token) =>
        {
            var input = images.Input(image);
            var prediction = await model.PredictAsync(input, token);
            asked.Add(Asked.Of(image, images.HeldOut.Labels[image], network.Forward(input)[^1], prediction.Values));
        });
        return new Agreement(
            asked.Count, asked.Average(one => one.ClearIsRight ? 1.0 : 0), asked.Average(one => one.EncryptedIsRight ? 1.0 : 0),
            Math.Sqrt(asked.Average(one => one.MeanSquare)), asked.Max(one => one.Largest),
            asked.Where(one => one.Margin is not null).ToDictionary(one => one.Image, one => one.Margin!.Value));
    }

    private sealed record Asked(int Image, bool ClearIsRight, bool EncryptedIsRight, double MeanSquare, double Largest, double? Margin)
    {
        public static Asked Of(int image, byte label, double[] clear, IReadOnlyList<double> encrypted)
        {
            var errors = clear.Zip(encrypted, (left, right) => Math.Abs(left - right)).ToArray();
            var first = Array.IndexOf(clear, clear.Max());
            var other = Array.IndexOf([.. encrypted], encrypted.Max());
            return new Asked(image, first == label, other == label, errors.Average(error => error * error), errors.Max(), first == other ? null : clear[first] - clear[other]);
        }
    }
}
