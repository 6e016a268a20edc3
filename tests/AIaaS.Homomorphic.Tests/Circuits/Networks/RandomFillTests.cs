using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks.Clear;

namespace AIaaS.Homomorphic.Tests.Circuits.Networks;

public sealed class RandomFillTests
{
    private const int Cells = 32;

    [Fact]
    public void Draw_ManyValues_AreUniform()
    {
        var values = new RandomFill(Seeded(3)).Draw(100_000, 5);
        ChiSquare(values, 5).ShouldBeLessThan(Limit);
        values.Max().ShouldBeInRange(4.99, 5);
        values.Min().ShouldBeInRange(-5, -4.99);
    }

    [Fact]
    public void Draw_FromTheSystem_DiffersEveryTime() =>
        new RandomFill().Draw(64, 1).ShouldNotBe(new RandomFill().Draw(64, 1));

    [Fact]
    public void Run_EverySlotThatIsNoResult_IsUniformlyRandom()
    {
        var network = TrainedNetwork.Load("mlp-64");
        var plan = network.Plan;
        var evaluator = new ClearEvaluator(plan.Parameters);
        using var executor = new NetworkExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator, plan, new RandomFill(Seeded(4)));
        using var request = evaluator.Encrypt(plan.Pack(network.Images[0])[0], plan.InputLevel, plan.InputScale);
        using var reply = executor.Run([request])[0];
        using var again = executor.Run([request])[0];

        var (first, second) = (evaluator.Decrypt(reply), evaluator.Decrypt(again));
        var others = Enumerable.Range(0, first.Length).Where(slot => plan.Outputs[0][slot] == SlotMap.Empty).ToArray();
        others.Length.ShouldBe(4096 - 10);

        // Both replies hide the same sums: they differ in every slot that is no result, and each is uniform there.
        others.ShouldAllBe(slot => Math.Abs(first[slot].Real - second[slot].Real) > 0);
        ChiSquare([.. others.Select(slot => first[slot].Real)], plan.FillAmplitude).ShouldBeLessThan(Limit);
        var hidden = plan.FillAmplitude * Math.Pow(2, 1 - plan.HidingBits);
        hidden.ShouldBe(plan.Ranges[^1].Planned, 0.01 * hidden);

        foreach (var slot in Enumerable.Range(0, first.Length).Except(others)) first[slot].Real.ShouldBe(second[slot].Real, 1e-9);
        plan.Unpack([[.. first.Select(slot => slot.Real)]]).ShouldBe(network.Logits[0], 1e-3);
    }

    [Fact]
    public void Amplitude_OfAPlan_KeepsCoefficientsInsideTheModulus()
    {
        var plan = TrainedNetwork.Load("mlp-64").Plan;
        var degree = plan.Parameters.Degree;
        // A uniform slot vector's coefficients have deviation B / sqrt(3 N); twelve of them and the results fit half the modulus.
        var coefficient = 12 * plan.FillAmplitude / Math.Sqrt(3.0 * degree) + plan.Ranges[^1].Planned;
        (coefficient * plan.OutputScale).ShouldBeLessThan(plan.Parameters.Primes[0] / 2.0 * (1 + 1e-9));
    }

    // 31 degrees of freedom: beyond 75 with probability 2e-5, and the seeds are fixed.
    private const double Limit = 75;

    private static double ChiSquare(double[] values, double amplitude)
    {
        var counts = new int[Cells];
        foreach (var value in values) counts[(int)Math.Clamp((value / amplitude + 1) / 2 * Cells, 0, Cells - 1)]++;
        var expected = (double)values.Length / Cells;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }

    private static Action<byte[]> Seeded(int seed)
    {
        var random = new Random(seed);
        return random.NextBytes;
    }
}
