using AIaaS.Homomorphic.Circuits.Polynomials;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Tests.Ckks;

namespace AIaaS.Homomorphic.Tests.Circuits.Polynomials;

/// <summary>Precision of deep circuits on encrypted slots.</summary>
public sealed class EncryptedPolynomialTests
{
    private const double Scale = 1L << 40;
    private static readonly Lazy<EncryptedScheme> Scheme = new(() => new EncryptedScheme(CkksParameters.Create(16384, [50, 40, 40, 40, 40, 40, 40, 40, 50]), []));

    [Theory]
    [InlineData(7, 3, 22)]
    [InlineData(31, 5, 20)]
    [InlineData(127, 7, 17)]
    public void Evaluate_Sine_KeepsThisManyBits(int degree, int depth, double bits)
    {
        var polynomial = Polynomial.Interpolate(x => Math.Sin(0.4 * degree * x), degree);
        polynomial.Depth.ShouldBe(depth);
        var scheme = Scheme.Value;
        var random = new Random(1);
        var x = Enumerable.Range(0, 8192).Select(_ => 2 * random.NextDouble() - 1).ToArray();
        using var input = scheme.Encrypt(x, 7, Scale);

        using var result = new PolynomialCircuit(polynomial).Evaluate(scheme.Evaluator, input);

        result.Level.ShouldBe(7 - depth);
        result.Scale.ShouldBe(Scale, Scale * 1e-12);
        var slots = scheme.Decrypt(result);
        var worst = Enumerable.Range(0, x.Length).Max(i => Math.Abs(slots[i].Real - polynomial.Evaluate(x[i])));
        TestContext.Current.TestOutputHelper!.WriteLine($"degree {degree}: worst error 2^{Math.Log2(worst):F1}");
        (-Math.Log2(worst)).ShouldBeGreaterThan(bits);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void Squares_OneAfterTheOther_KeepThisManyBits(int depth)
    {
        var scheme = Scheme.Value;
        var x = Enumerable.Range(0, 8192).Select(i => 2.0 * i / 8192 - 1).ToArray();
        var value = scheme.Encrypt(x, 7, Scale);
        for (var i = 0; i < depth; i++)
        {
            using var before = value;
            using var square = scheme.Evaluator.Square(before);
            using var two = scheme.Evaluator.Relinearize(square);
            value = scheme.Evaluator.Rescale(two);
        }
        using (value)
        {
            var slots = scheme.Decrypt(value);
            var worst = Enumerable.Range(0, x.Length).Max(i => Math.Abs(slots[i].Real - Math.Pow(x[i], 1 << depth)));
            TestContext.Current.TestOutputHelper!.WriteLine($"depth {depth}: worst error 2^{Math.Log2(worst):F1}");
            (-Math.Log2(worst)).ShouldBeGreaterThan(depth == 3 ? 22 : 18);
        }
    }
}
