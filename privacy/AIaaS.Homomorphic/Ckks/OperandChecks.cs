namespace AIaaS.Homomorphic.Ckks;

/// <summary>What every scheme refuses, in the same words: mismatched, unrelinearized or overflowing operands.</summary>
internal static class OperandChecks
{
    /// <summary>Largest relative difference of two scales that are added: 2^-40.</summary>
    /// <remarks>True scales carry a rounding error of 2^-53 an operation; a difference of 2^-40 adds an error below what a 50-bit modulus can show.</remarks>
    public const double ScaleTolerance = 1.0 / (1L << 40);

    /// <summary>Weights of a <see cref="IEvaluator{TCiphertext, TPlaintext, TTransform}.WeightedSums"/> are integers that a double holds exactly.</summary>
    public const double MaxWeight = 1L << 52;

    public static void SameParameters(CkksParameters own, CkksParameters other)
    {
        if (!own.Equals(other)) throw new HomomorphicException($"An operand belongs to other parameters: {other} instead of {own}.");
    }

    public static void Level(CkksParameters parameters, int level)
    {
        if (level < 0 || level > parameters.MaxLevel)
            throw new HomomorphicException($"There is no level {level}: {parameters} has levels 0 to {parameters.MaxLevel}.");
    }

    public static void Scale(CkksParameters parameters, double scale, int level)
    {
        Level(parameters, level);
        if (!double.IsFinite(scale) || scale <= 0) throw new HomomorphicException($"A scale is a finite positive number, not {scale}.");
        if (Math.Log2(scale) >= parameters.ModulusBits(level))
            throw new HomomorphicException(
                $"A scale of 2^{Math.Log2(scale):F1} does not fit level {level}, whose modulus has {parameters.ModulusBits(level):F1} bits. Rescale first, or take smaller scales.");
    }

    public static void SlotCount(CkksParameters parameters, int count)
    {
        if (count > parameters.SlotCount) throw new HomomorphicException($"{count} values do not fit: {parameters} has {parameters.SlotCount} slots.");
    }

    /// <summary>Encoded values, which no message names, fit: <paramref name="coefficient"/> is the largest coefficient's absolute value, or a lower bound of it, before scaling.</summary>
    public static void Magnitude(CkksParameters parameters, double coefficient, int level, double scale)
    {
        if (!double.IsFinite(coefficient)) throw new HomomorphicException("The values to encode must be finite numbers.");
        if (coefficient > 0 && Math.Log2(coefficient) + Math.Log2(scale) >= parameters.ModulusBits(level) - 1)
            throw new HomomorphicException(
                $"The values at scale 2^{Math.Log2(scale):F1} do not fit level {level}, whose modulus has {parameters.ModulusBits(level):F1} bits. Take a smaller scale, smaller values or a higher level.");
    }

    /// <summary>For additions: level and scale agree.</summary>
    public static void Alike(ICkksValue left, ICkksValue right)
    {
        SameLevel(left, right);
        if (Math.Abs(left.Scale - right.Scale) > ScaleTolerance * Math.Max(left.Scale, right.Scale))
            throw new HomomorphicException(
                $"The scales differ: 2^{Math.Log2(left.Scale):F4} and 2^{Math.Log2(right.Scale):F4} ({left.Scale:R}, {right.Scale:R}). Encode the plaintext at the ciphertext's scale, or choose the factors' scales so that they meet.");
    }

    public static void SameLevel(ICkksValue left, ICkksValue right)
    {
        if (left.Level != right.Level)
            throw new HomomorphicException($"The levels differ: {left.Level} and {right.Level}. Switch the higher one down to level {Math.Min(left.Level, right.Level)}.");
    }

    /// <summary>For products: levels agree and the product's scale fits.</summary>
    public static void Multipliable(CkksParameters parameters, ICkksValue left, ICkksValue right)
    {
        SameLevel(left, right);
        Scale(parameters, left.Scale * right.Scale, left.Level);
    }

    public static void TwoPolynomials(ICkksCiphertext value)
    {
        if (value.Size != 2) throw new HomomorphicException($"The operand has {value.Size} polynomials where 2 are needed. Relinearize it first.");
    }

    public static void Relinearizable(ICkksCiphertext value)
    {
        if (value.Size is < 2 or > 3) throw new HomomorphicException($"The operand has {value.Size} polynomials; 3 can be relinearized.");
    }

    public static void Rescalable(CkksParameters parameters, ICkksValue value)
    {
        if (value.Level == 0) throw new HomomorphicException("No level is left to rescale: the operand is at level 0. Take parameters with one more prime.");
        var prime = parameters.Primes[value.Level];
        if (value.Scale < prime)
            throw new HomomorphicException(
                $"Rescaling would leave no precision: the scale 2^{Math.Log2(value.Scale):F1} is below the prime {prime} (2^{Math.Log2(prime):F1}). Multiply first, or switch the level instead.");
    }

    public static void Switchable(CkksParameters parameters, ICkksValue value, int level)
    {
        Level(parameters, level);
        if (level > value.Level) throw new HomomorphicException($"Level {level} is above the operand's level {value.Level}: a dropped prime does not come back.");
        Scale(parameters, value.Scale, level);
    }

    public static void KeySwitching(CkksParameters parameters)
    {
        if (!parameters.AllowsKeySwitching)
            throw new HomomorphicException($"{parameters} has no special prime: it allows no rotation, conjugation or relinearization. Take parameters with one more prime.");
    }

    public static void Rotation(CkksParameters parameters, int steps)
    {
        if (steps <= -parameters.SlotCount || steps >= parameters.SlotCount)
            throw new HomomorphicException($"A rotation by {steps} steps is out of range: there are {parameters.SlotCount} slots.");
    }

    /// <summary>A ciphertext whose second polynomial is zero shows its content to everyone.</summary>
    public static HomomorphicException Transparent() =>
        new("The result would be a transparent ciphertext, readable without the key: everything encrypted was multiplied by zero or cancelled. Leave the operation out and use a plaintext.");

    public static void WeightedSums<T>(CkksParameters parameters, ReadOnlySpan<T> inputs, ReadOnlySpan<double[]> rows, double scale)
        where T : ICkksCiphertext
    {
        if (inputs.Length == 0) throw new HomomorphicException("A weighted sum needs at least one input; 0 inputs were given.");
        foreach (var input in inputs)
        {
            Alike(inputs[0], input);
            if (input.Size != inputs[0].Size) throw new HomomorphicException($"The inputs' sizes differ: {inputs[0].Size} and {input.Size} polynomials.");
        }
        Scale(parameters, inputs[0].Scale * scale, inputs[0].Level);
        foreach (var row in rows) Weights(row, inputs.Length, scale);
    }

    private static void Weights(double[] row, int inputCount, double scale)
    {
        if (row.Length != inputCount) throw new HomomorphicException($"A weighted sum needs a weight per input: {inputCount} inputs and {row.Length} weights were given.");
        foreach (var weight in row)
            if (!(Math.Abs(Math.Round(weight * scale)) <= MaxWeight)) throw new HomomorphicException($"A weight at scale 2^{Math.Log2(scale):F1} is beyond 2^52. Take a smaller scale.");
        if (Array.TrueForAll(row, weight => Math.Round(weight * scale) == 0)) throw Transparent();
    }

    public static void Transform(CkksParameters parameters, LinearTransform transform)
    {
        if (transform.Terms.Count == 0) throw Transparent();
        if (transform.GiantCount > 1) Rotation(parameters, transform.GiantStep);
        foreach (var term in transform.Terms)
        {
            if (term.Input < 0 || term.Giant < 0) throw new HomomorphicException($"A term's input and giant step are counted from 0; {term.Input} and {term.Giant} were given.");
            Rotation(parameters, term.Baby);
            SlotCount(parameters, term.Values.Length);
        }
    }

    public static void TransformInputs<T>(CkksParameters parameters, ReadOnlySpan<T> inputs, ICkksValue transform, int inputCount)
        where T : ICkksCiphertext
    {
        if (inputs.Length != inputCount) throw new HomomorphicException($"The transform takes {inputCount} inputs; {inputs.Length} were given.");
        foreach (var input in inputs)
        {
            Alike(inputs[0], input);
            TwoPolynomials(input);
        }
        Multipliable(parameters, inputs[0], transform);
    }

    /// <summary>What a client sent is what a plan says.</summary>
    public static void Request<T>(IEnumerable<T> request, int level, double scale)
        where T : ICkksCiphertext
    {
        foreach (var value in request)
        {
            TwoPolynomials(value);
            if (value.Level != level || Math.Abs(value.Scale - scale) > ScaleTolerance * scale)
                throw new HomomorphicException($"A request is encrypted at level {level} and scale 2^{Math.Log2(scale):F4}; level {value.Level} and scale 2^{Math.Log2(value.Scale):F4} were sent.");
        }
    }
}
