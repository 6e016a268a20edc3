using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;
using AIaaS.Homomorphic.Tests.Vectors;

namespace AIaaS.Homomorphic.Tests.Ring.Sampling;

public sealed class UniformSamplerTests
{
    private const int Degree = 1024;

    // The primes are 634106827533797377 and 634106827533801473: 0.3 % of the words are rejected, in both rows.
    [Theory]
    [InlineData("uniform_blake", (byte)SeedExpansion.Blake2xb)]
    [InlineData("uniform_shake", (byte)SeedExpansion.Shake256)]
    public void Sample_WithRejections_GivesWhatSealGives(string vector, byte expansion)
    {
        var expected = VectorFile.Words(vector);
        var seed = new UniformSeed((SeedExpansion)expansion, MemoryMarshal.AsBytes<ulong>([1, 2, 3, 4, 5, 6, 7, 8]));
        PrimeRing[] rings = [PrimeRings.Create(expected[0], Degree), PrimeRings.Create(expected[1], Degree)];
        Sample(seed, rings).ShouldBe(expected[2..]);
    }

    [Fact]
    public void Sample_FromARowOn_LeavesTheOtherRowsAlone()
    {
        PrimeRing[] rings = [.. Primes.Generate(Degree, [30, 40]).Select(prime => PrimeRings.Create(prime, Degree))];
        var seed = UniformSeed.Fresh();
        var buffer = new ResidueBuffer(Degree, 4);
        for (var row = 0; row < buffer.Rows; row++) buffer[row].Fill(1.5);
        UniformSampler.Sample(seed, rings, buffer, 1);
        buffer[0].ContainsAnyExcept(1.5).ShouldBeFalse();
        buffer[3].ContainsAnyExcept(1.5).ShouldBeFalse();
        Canonical(rings, buffer, 1).ShouldBe(Sample(seed, rings));
    }

    [Fact]
    public void Fresh_Twice_GivesTwoSeeds() => UniformSeed.Fresh().Bytes.SequenceEqual(UniformSeed.Fresh().Bytes).ShouldBeFalse();

    private static ulong[] Sample(UniformSeed seed, PrimeRing[] rings)
    {
        var buffer = new ResidueBuffer(Degree, rings.Length);
        UniformSampler.Sample(seed, rings, buffer, 0);
        return Canonical(rings, buffer, 0);
    }

    private static ulong[] Canonical(PrimeRing[] rings, ResidueBuffer buffer, int firstRow)
    {
        var words = new ulong[rings.Length * Degree];
        for (var i = 0; i < rings.Length; i++) rings[i].ToCanonical(buffer[firstRow + i], words.AsSpan(i * Degree, Degree));
        return words;
    }
}
