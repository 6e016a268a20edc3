using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <content>What is refused, and that the message names both sides.</content>
public abstract partial class EvaluatorConformance<TCiphertext, TPlaintext, TTransform>
{
    [Fact]
    public void Operands_OfDifferentLevels_AreRefused()
    {
        using var high = Encrypt(Values(1), 2, Scale);
        using var low = Encrypt(Values(1), 1, Scale);
        Refused(() => Evaluator.Add(high, low), "2", "1");
        Refused(() => Evaluator.Subtract(low, high), "2", "1");
        Refused(() => Evaluator.Multiply(high, low), "2", "1");
        Refused(() => Evaluator.Add(high, Evaluator.Encode(1, 1, Scale)), "2", "1");
        Refused(() => Evaluator.Multiply(high, Evaluator.Encode(1, 1, Scale)), "2", "1");
        Refused(() => Evaluator.WeightedSums([high, low], [[1, 1]], 4), "2", "1");
    }

    [Fact]
    public void Operands_OfDifferentScales_CannotBeAdded()
    {
        using var a = Encrypt(Values(1), 1, Scale);
        using var b = Encrypt(Values(1), 1, Scale * (1 + 1e-6));
        Refused(() => Evaluator.Add(a, b), "scale", Scale.ToString("R"));
        Refused(() => Evaluator.Add(a, Evaluator.Encode(1, 1, 2 * Scale)), "40.0000", "41.0000");
        Refused(() => Evaluator.WeightedSums([a, b], [[1, 1]], 4), "scale");
        using var close = Encrypt(Values(1), 1, Scale * (1 + 1e-13));
        Evaluator.Add(a, close).Dispose();
    }

    [Fact]
    public void Products_BeyondTheModulus_AreRefused()
    {
        using var a = Encrypt(Values(1), 0, 1 << 30);
        Refused(() => Evaluator.Multiply(a, a), "60.0", "level 0", "50.0");
        Refused(() => Evaluator.Multiply(a, Evaluator.Encode(1, 0, 1 << 25)), "55.0", "50.0");
        Refused(() => Evaluator.WeightedSums([a], [[1]], 1 << 25), "55.0");
        Refused(() => Evaluator.Transform([a], Evaluator.Prepare(new LinearTransform(1, [new DiagonalTerm(0, 0, 0, [1])]), 0, 1 << 25)), "55.0");
        using var high = Encrypt(Values(1), 2, Math.ScaleB(1, 60));
        Refused(() => Evaluator.SwitchLevel(high, 0), "60.0", "50.0");
    }

    [Fact]
    public void Encode_WhatDoesNotFit_IsRefused()
    {
        Refused(() => Evaluator.Encode(1, 3, Scale), "level 3", "0 to 2");
        Refused(() => Evaluator.Encode(1, -1, Scale), "level -1");
        Refused(() => Evaluator.Encode(1, 0, 0), "scale");
        Refused(() => Evaluator.Encode(1, 0, double.NaN), "scale");
        Refused(() => Evaluator.Encode(1, 0, Math.ScaleB(1, 51)), "51.0", "50.0");
        Refused(() => Evaluator.Encode(Math.ScaleB(1, 20), 0, Scale), "level 0");
        Refused(() => Evaluator.Encode([Math.ScaleB(1, 30), 0], 0, Scale), "level 0");
        Refused(() => Evaluator.Encode(double.PositiveInfinity, 0, Scale), "finite");
        Refused(() => Evaluator.Encode([1, double.NaN], 0, Scale), "finite");
        Refused(() => Evaluator.Encode(new double[4097], 0, Scale), "4097", "4096");
    }

    [Fact]
    public void ThreePolynomials_WhereTwoAreNeeded_AreRefused()
    {
        using var a = Encrypt(Values(1), 2, Math.ScaleB(1, 30));
        using var square = Evaluator.Square(a);
        using var constant = Encrypt(Values(1), 2, 1 << 10);
        Refused(() => Evaluator.Multiply(square, constant), "3 polynomials", "Relinearize");
        Refused(() => Evaluator.Multiply(constant, square), "3 polynomials");
        Refused(() => Evaluator.Square(square), "3 polynomials");
        Refused(() => Evaluator.Rotate(square, 1), "3 polynomials");
        Refused(() => Evaluator.Conjugate(square), "3 polynomials");
        Refused(() => Evaluator.Transform([square], Evaluator.Prepare(new LinearTransform(1, [new DiagonalTerm(0, 0, 0, [1])]), 2, 4)), "3 polynomials");
    }

    [Fact]
    public void Rescale_WithoutALevelOrAScaleLeft_IsRefused()
    {
        using var bottom = Encrypt(Values(1), 0, Scale);
        Refused(() => Evaluator.Rescale(bottom), "level 0");
        using var small = Encrypt(Values(1), 1, 1 << 30);
        Refused(() => Evaluator.Rescale(small), "30.0", Parameters.Primes[1].ToString());
    }

    [Fact]
    public void SwitchLevel_Upwards_IsRefused()
    {
        using var a = Encrypt(Values(1), 1, Scale);
        Refused(() => Evaluator.SwitchLevel(a, 2), "level 1", "Level 2");
    }

    [Fact]
    public void Rotate_BeyondTheSlots_IsRefused()
    {
        using var a = Encrypt(Values(1), 1, Scale);
        Refused(() => Evaluator.Rotate(a, 4096), "4096");
        Refused(() => Evaluator.Rotate(a, -4096), "-4096");
    }

    [Fact]
    public void Multiply_ByZero_IsRefusedAsTransparent()
    {
        using var a = Encrypt(Values(1), 1, Scale);
        Refused(() => Evaluator.Multiply(a, Evaluator.Encode(0, 1, Scale)), "transparent");
        Refused(() => Evaluator.WeightedSums([a], [[0.01]], 4), "transparent");
    }

    [Fact]
    public void WeightedSums_WithoutMatchingWeights_IsRefused()
    {
        using var a = Encrypt(Values(1), 1, Scale);
        Refused(() => Evaluator.WeightedSums([], [], 4), "0 inputs");
        Refused(() => Evaluator.WeightedSums([a], [[1, 2]], 4), "1 inputs", "2 weights");
        Refused(() => Evaluator.WeightedSums([a], [[1 << 20]], Scale), "2^52");
    }

    [Fact]
    public void Transform_WhatDoesNotFit_IsRefused()
    {
        var transform = Evaluator.Prepare(new LinearTransform(1, [new DiagonalTerm(1, 0, 0, [1])]), 1, 4);
        using var a = Encrypt(Values(1), 1, Scale);
        Refused(() => Evaluator.Transform([a], transform), "2 inputs", "1 were given");
        Refused(() => Evaluator.Prepare(new LinearTransform(1, []), 1, 4), "transparent");
        Refused(() => Evaluator.Prepare(new LinearTransform(1, [new DiagonalTerm(-1, 0, 0, [1])]), 1, 4), "-1");
        Refused(() => Evaluator.Prepare(new LinearTransform(1, [new DiagonalTerm(0, 5000, 0, [1])]), 1, 4), "5000", "4096");
        Refused(() => Evaluator.Prepare(new LinearTransform(9000, [new DiagonalTerm(0, 0, 1, [1])]), 1, 4), "9000");
    }

    [Fact]
    public void Disposed_Ciphertexts_CannotBeUsed()
    {
        var a = Encrypt(Values(1), 1, Scale);
        a.Dispose();
        Should.Throw<ObjectDisposedException>(() => Evaluator.Negate(a));
    }

    private static void Refused(Action action, params string[] named)
    {
        var refusal = Should.Throw<HomomorphicException>(action);
        foreach (var part in named) refusal.Message.ShouldContain(part);
    }

    private static void Refused<T>(Func<T> action, params string[] named) => Refused(() => { action(); }, named);
}
