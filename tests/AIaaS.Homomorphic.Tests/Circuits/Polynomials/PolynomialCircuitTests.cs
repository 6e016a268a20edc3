using AIaaS.Homomorphic.Circuits.Polynomials;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ckks.Clear;

namespace AIaaS.Homomorphic.Tests.Circuits.Polynomials;

public sealed class PolynomialCircuitTests
{
    private const double Scale = 1L << 40;
    private static readonly CkksParameters Parameters = CkksParameters.Create(16384, [50, 40, 40, 40, 40, 40, 40, 50]);
    private readonly ClearEvaluator _evaluator = new(Parameters);

    public static TheoryData<PolynomialBasis, int> Degrees()
    {
        var data = new TheoryData<PolynomialBasis, int>();
        for (var degree = 1; degree <= 63; degree++)
        {
            data.Add(PolynomialBasis.Power, degree);
            data.Add(PolynomialBasis.Chebyshev, degree);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void Evaluate_EveryDegree_MatchesTheDirectEvaluation(PolynomialBasis basis, int degree)
    {
        var random = new Random(degree);
        var coefficients = Enumerable.Range(0, degree + 1).Select(_ => 2 * random.NextDouble() - 1).ToArray();
        Check(new Polynomial(basis, coefficients), Scale);
    }

    [Theory]
    [InlineData(new[] { 0.0, 0, 0, 1 })]
    [InlineData(new[] { 0.5, 0, 0, 0, 0, 0, 0, 0, 2 })]
    [InlineData(new[] { 0.0, 1, 0, -0.3, 0, 0.1, 0, 1e-18, 0, 0.02 })]
    [InlineData(new[] { 1.0, 0, 1, 0, 1e-17 })]
    public void Evaluate_SparsePolynomials_MatchTheDirectEvaluation(double[] coefficients)
    {
        Check(new Polynomial(PolynomialBasis.Power, coefficients), Scale);
        Check(new Polynomial(PolynomialBasis.Chebyshev, coefficients), Scale);
    }

    [Fact]
    public void Evaluate_AnotherTargetScale_IsMetExactly() => Check(new Polynomial(PolynomialBasis.Power, [1, 2, 3, 4, 5]), 3.0e11);

    [Fact]
    public void Interpolate_ASmoothFunction_IsClose()
    {
        var sigmoid = Polynomial.Interpolate(x => 1 / (1 + Math.Exp(-4 * x)), 31);
        foreach (var x in new[] { -1, -0.7, 0, 0.3, 1 }) sigmoid.Evaluate(x).ShouldBe(1 / (1 + Math.Exp(-4 * x)), 1e-8);
        Check(sigmoid, Scale);
    }

    [Fact]
    public void Evaluate_Degree63_TakesFarFewerProductsThanTheDegree()
    {
        var recording = Check(new Polynomial(PolynomialBasis.Chebyshev, [.. Enumerable.Repeat(0.01, 64)]), Scale);
        recording.Products.ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public void Evaluate_TooDeep_IsRefused()
    {
        using var input = _evaluator.Encrypt([0.5], 2, Scale);
        var circuit = new PolynomialCircuit(new Polynomial(PolynomialBasis.Power, [0, 1, 0, 0, 1]));
        Should.Throw<HomomorphicException>(() => circuit.Evaluate(_evaluator, input)).Message.ShouldContain("3 levels");
    }

    [Fact]
    public void Constructor_Constant_IsRefused() =>
        Should.Throw<HomomorphicException>(() => new PolynomialCircuit(new Polynomial(PolynomialBasis.Power, [3, 0, 0]))).Message.ShouldContain("constant");

    private RecordingEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform> Check(Polynomial polynomial, double target)
    {
        var x = Enumerable.Range(0, 65).Select(i => i / 32.0 - 1).ToArray();
        var recording = new RecordingEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform>(_evaluator);
        using (var input = _evaluator.Encrypt(x, Parameters.MaxLevel, Scale))
        using (var result = new PolynomialCircuit(polynomial).Evaluate(recording, input, target))
        {
            result.Level.ShouldBe(Parameters.MaxLevel - polynomial.Depth);
            result.Scale.ShouldBe(target, target * 1e-12);
            var slots = _evaluator.Decrypt(result);
            for (var i = 0; i < x.Length; i++) slots[i].Real.ShouldBe(Direct(polynomial, x[i]), 1e-9);
        }
        _evaluator.LiveCiphertexts.ShouldBe(0);
        return recording;
    }

    private static double Direct(Polynomial polynomial, double x)
    {
        var sum = 0.0;
        for (var i = 0; i <= polynomial.Degree; i++)
            sum += polynomial[i] * (polynomial.Basis == PolynomialBasis.Power ? Math.Pow(x, i) : Math.Cos(i * Math.Acos(x)));
        return sum;
    }
}
