using System.Numerics;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <content>Weighted sums and linear transforms.</content>
public abstract partial class EvaluatorConformance<TCiphertext, TPlaintext, TTransform>
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void WeightedSums_OfInputs_MultiplyByRoundedWeights(int count)
    {
        const double weightScale = 1 << 12;
        var x = Enumerable.Range(0, count).Select(Values).ToArray();
        var rows = Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, count).Select(i => ((i + row) % 7 - 3) / 10.0 + 0.01).ToArray()).ToArray();
        var inputs = x.Select(slots => Encrypt(slots, 1, Scale)).ToArray();
        var sums = Evaluator.WeightedSums(inputs, rows, weightScale);
        sums.Length.ShouldBe(3);
        for (var row = 0; row < 3; row++)
        {
            var rounded = rows[row].Select(weight => Math.Round(weight * weightScale) / weightScale).ToArray();
            Check(sums[row], i => x.Select((slots, j) => rounded[j] * slots[i]).Aggregate(Complex.Zero, (a, b) => a + b), 2, 1, Scale * weightScale);
        }
        Array.ForEach(inputs, input => input.Dispose());
    }

    [Fact]
    public void WeightedSums_ThreePolynomials_AreSummedAsTheyAre()
    {
        var x = Values(1);
        using var a = Encrypt(x, Top, Scale);
        using var square = Evaluator.Square(a);
        Check(Evaluator.WeightedSums([square, square], [[0.5, 0.25]], 1 << 10)[0], i => 0.75 * x[i] * x[i], 3, Top, Scale * Scale * (1 << 10));
    }

    [Fact]
    public void Transform_SeveralInputsBabiesAndGiants_SumsRotatedProducts()
    {
        var (x, y) = (Values(1), Values(2));
        DiagonalTerm[] terms =
        [
            new(0, 0, 0, Reals(3)), new(0, 1, 0, Reals(4)), new(1, 2, 0, Reals(5)[..100]),
            new(1, 0, 1, Reals(6)), new(0, 5, 3, Reals(7)), new(1, -3, 3, Reals(8)),
        ];
        using var a = Encrypt(x, 1, Scale);
        using var b = Encrypt(y, 1, Scale);
        var transform = Evaluator.Prepare(new LinearTransform(8, terms), 1, Scale);
        (transform.Level, transform.Scale).ShouldBe((1, Scale));

        // A shorter vector of values means zeros.
        Check(Evaluator.Transform([a, b], transform), Expected, 2, 1, Scale * Scale);

        Complex Expected(int slot)
        {
            var sum = Complex.Zero;
            foreach (var term in terms.Where(term => slot < term.Values.Length))
            {
                var input = term.Input == 0 ? x : y;
                sum += term.Values[slot] * input[(slot + term.Giant * 8 + term.Baby + input.Length) % input.Length];
            }
            return sum;
        }
    }

    [Fact]
    public void Transform_SameTransformTwice_GivesTheSameForEveryInput()
    {
        var (x, y) = (Values(1), Values(2));
        var w = Reals(3);
        var transform = Evaluator.Prepare(new LinearTransform(1, [new DiagonalTerm(0, 1, 0, w)]), 0, 1 << 17);
        using var a = Encrypt(x, 0, 1 << 30);
        using var b = Encrypt(y, 0, 1 << 30);
        foreach (var (input, values) in new[] { (a, x), (b, y) })
        {
            using var result = Evaluator.Transform([input], transform);
            var slots = Decrypt(result);
            for (var i = 0; i < slots.Length; i++) (slots[i] - w[i] * values[(i + 1) % slots.Length]).Magnitude.ShouldBeLessThan(0.001);
        }
    }
}
