using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Tests.Ring;

/// <summary>Statistics of real randomness: the bounds fail a correct sampler less than once in 10^9 runs.</summary>
public sealed class SmallSamplerTests
{
    private const int Count = 1 << 19;

    [Fact]
    public void Ternary_ManySamples_AreUniform()
    {
        var counts = Histogram(TernarySampler.Sample, 1);
        counts.Sum().ShouldBe(Count);
        ChiSquare(counts, [1 / 3.0, 1 / 3.0, 1 / 3.0]).ShouldBeLessThan(45);
    }

    [Fact]
    public void Error_ManySamples_AreCentredBinomial()
    {
        var counts = Histogram(ErrorSampler.Sample, ErrorSampler.Bound);
        var mean = counts.Select((count, i) => (double)count * (i - 21)).Sum() / Count;
        var variance = counts.Select((count, i) => count * Math.Pow(i - 21, 2)).Sum() / Count;
        // Seven standard deviations of each estimate.
        Math.Abs(mean).ShouldBeLessThan(7 * Math.Sqrt(10.5 / Count));
        Math.Abs(variance - 10.5).ShouldBeLessThan(7 * 10.5 * Math.Sqrt(2.0 / Count));

        // Binomial(42, 1/2), the rare ends (|e| > 12) taken together.
        var probabilities = new double[43];
        probabilities[0] = Math.ScaleB(1, -42);
        for (var i = 1; i <= 42; i++) probabilities[i] = probabilities[i - 1] * (43 - i) / i;
        ChiSquare(Merged(counts.Select(count => (double)count)), Merged(probabilities)).ShouldBeLessThan(100);
    }

    [Fact]
    public void Samples_TwoDraws_Differ()
    {
        var (one, other) = (new long[1024], new long[1024]);
        TernarySampler.Sample(one);
        TernarySampler.Sample(other);
        one.ShouldNotBe(other);
        ErrorSampler.Sample(one);
        ErrorSampler.Sample(other);
        one.ShouldNotBe(other);
    }

    private static double[] Merged(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return [all[..9].Sum(), .. all[9..34], all[34..].Sum()];
    }

    private static double[] Histogram(SampleInto sample, int bound)
    {
        var words = new long[Count];
        sample(words);
        var counts = new double[2 * bound + 1];
        foreach (var word in words) counts[word + bound]++;
        return counts;
    }

    private static double ChiSquare(double[] counts, double[] probabilities) =>
        counts.Zip(probabilities, (count, p) => Math.Pow(count - Count * p, 2) / (Count * p)).Sum();

    private delegate void SampleInto(Span<long> destination);
}
