using System.Numerics;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <summary>What every evaluator must do. A scheme derives from this, says how it encrypts and decrypts, and adds what is its own.</summary>
/// <remarks>Keys a scheme needs: relinearization, conjugation and <see cref="Rotations"/>.</remarks>
public abstract partial class EvaluatorConformance<TCiphertext, TPlaintext, TTransform>
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    /// <summary>Three data primes and a special one.</summary>
    protected static readonly CkksParameters Parameters = CkksParameters.Create(8192, [50, 40, 40, 50]);

    /// <summary>Every rotation that the suite does.</summary>
    protected static readonly IReadOnlyList<int> Rotations = [-3, 1, 2, 5, 8, 64, 4095];

    private const double Scale = 1L << 40;
    private const int Top = 2;

    // 2^40 over some 2^14 of noise leaves 26 bits; values here are below 4.
    private const double Tolerance = 1.0 / (1 << 20);

    protected abstract IEvaluator<TCiphertext, TPlaintext, TTransform> Evaluator { get; }

    protected abstract TCiphertext Encrypt(ReadOnlySpan<Complex> slots, int level, double scale);

    protected abstract Complex[] Decrypt(TCiphertext value);

    [Fact]
    public void Add_Subtract_Negate_WorkSlotBySlot()
    {
        var (x, y) = (Values(1), Values(2));
        using var a = Encrypt(x, Top, Scale);
        using var b = Encrypt(y, Top, Scale);
        Check(Evaluator.Add(a, b), i => x[i] + y[i], 2, Top, Scale);
        Check(Evaluator.Subtract(a, b), i => x[i] - y[i], 2, Top, Scale);
        Check(Evaluator.Negate(a), i => -x[i], 2, Top, Scale);
    }

    [Fact]
    public void AddPlaintext_SubtractPlaintext_WorkSlotBySlot()
    {
        var (x, y) = (Values(1), Reals(2));
        using var a = Encrypt(x, Top, Scale);
        var p = Evaluator.Encode(y, Top, Scale);
        Check(Evaluator.Add(a, p), i => x[i] + y[i], 2, Top, Scale);
        Check(Evaluator.Subtract(a, p), i => x[i] - y[i], 2, Top, Scale);
        Check(Evaluator.Add(a, Evaluator.Encode(1.5, Top, Scale)), i => x[i] + 1.5, 2, Top, Scale);
    }

    [Fact]
    public void Encode_FewerValuesThanSlots_FillsWithZeros()
    {
        var x = Values(1);
        using var a = Encrypt(x, 1, Scale);
        Check(Evaluator.Multiply(a, Evaluator.Encode([2.0, -1.0], 1, Scale)), i => i switch { 0 => 2 * x[i], 1 => -x[i], _ => 0 }, 2, 1, Scale * Scale);
    }

    [Fact]
    public void MultiplyPlaintext_Rescaled_DividesTheScaleByThePrime()
    {
        var (x, y) = (Values(1), Reals(2));
        using var a = Encrypt(x, Top, Scale);
        using var product = Evaluator.Multiply(a, Evaluator.Encode(y, Top, Scale));
        product.Scale.ShouldBe(Scale * Scale);
        Check(Evaluator.Rescale(product), i => x[i] * y[i], 2, 1, Scale * Scale / Parameters.Primes[2]);
    }

    [Fact]
    public void MultiplyConstant_Rescaled_MultipliesEverySlot()
    {
        var x = Values(1);
        using var a = Encrypt(x, 1, Scale);
        using var product = Evaluator.Multiply(a, Evaluator.Encode(-0.75, 1, Scale));
        Check(Evaluator.Rescale(product), i => -0.75 * x[i], 2, 0, Scale * Scale / Parameters.Primes[1]);
    }

    [Fact]
    public void Multiply_RelinearizedAndRescaled_WorksSlotBySlot()
    {
        var (x, y) = (Values(1), Values(2));
        using var a = Encrypt(x, Top, Scale);
        using var b = Encrypt(y, Top, Scale);
        using var product = Evaluator.Multiply(a, b);
        (product.Size, product.Level, product.Scale).ShouldBe((3, Top, Scale * Scale));
        using var two = Evaluator.Relinearize(product);
        two.Size.ShouldBe(2);
        Check(Evaluator.Rescale(two), i => x[i] * y[i], 2, 1, Scale * Scale / Parameters.Primes[2]);
    }

    [Fact]
    public void ThreePolynomials_WithoutRelinearization_CanBeAddedRescaledAndDecrypted()
    {
        var (x, y) = (Values(1), Values(2));
        using var a = Encrypt(x, Top, Scale);
        using var square = Evaluator.Square(a);
        using var b = Encrypt(y, Top, Scale * Scale);
        using var sum = Evaluator.Add(square, b);
        sum.Size.ShouldBe(3);
        // The third polynomial's rounding error is multiplied by s squared, whose slots are some 70 times those of s.
        Check(Evaluator.Rescale(sum), i => x[i] * x[i] + y[i], 3, 1, Scale * Scale / Parameters.Primes[2], 8 * Tolerance);
        Check(Evaluator.Subtract(b, square), i => y[i] - x[i] * x[i], 3, Top, Scale * Scale);
    }

    [Fact]
    public void Relinearize_TwoPolynomials_Copies()
    {
        var x = Values(1);
        using var a = Encrypt(x, 1, Scale);
        Check(Evaluator.Relinearize(a), i => x[i], 2, 1, Scale);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(0)]
    public void SwitchLevel_AnyLowerLevel_KeepsValuesAndScale(int level)
    {
        var x = Values(1);
        using var a = Encrypt(x, Top, Scale);
        Check(Evaluator.SwitchLevel(a, level), i => x[i], 2, level, Scale);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(-3, 2)]
    [InlineData(4095, 1)]
    [InlineData(64, 0)]
    public void Rotate_PositiveSteps_MoveToTheLeft(int steps, int level)
    {
        var x = Values(1);
        using var a = Encrypt(x, level, Scale);
        Check(Evaluator.Rotate(a, steps), i => x[(i + steps + x.Length) % x.Length], 2, level, Scale);
    }

    [Fact]
    public void Conjugate_ComplexSlots_FlipsTheImaginaryPart()
    {
        var x = Values(1);
        using var a = Encrypt(x, 1, Scale);
        Check(Evaluator.Conjugate(a), i => Complex.Conjugate(x[i]), 2, 1, Scale);
    }

    /// <summary>Disposes of the result.</summary>
    private void Check(TCiphertext result, Func<int, Complex> expected, int size, int level, double scale, double tolerance = Tolerance)
    {
        using (result)
        {
            (result.Size, result.Level).ShouldBe((size, level));
            result.Scale.ShouldBe(scale, scale * 1e-14);
            var slots = Decrypt(result);
            slots.Length.ShouldBe(Parameters.SlotCount);
            var worst = Enumerable.Range(0, slots.Length).Max(i => (slots[i] - expected(i)).Magnitude);
            worst.ShouldBeLessThan(tolerance);
        }
    }

    private static Complex[] Values(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Parameters.SlotCount).Select(_ => new Complex(2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1))];
    }

    private static double[] Reals(int seed) => [.. Values(seed).Select(value => value.Real)];
}
