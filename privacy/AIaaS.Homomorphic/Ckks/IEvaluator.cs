namespace AIaaS.Homomorphic.Ckks;

/// <summary>What can be computed on encrypted slots. Circuits are written against this; they run encrypted or, to be tested fast, in the clear.</summary>
/// <remarks>
/// Operands must be of one context and level, and of one scale where they are added; whatever is not is refused with a
/// <see cref="HomomorphicException"/> that names both sides. Results are new and belong to the caller, who disposes of them.
/// </remarks>
/// <typeparam name="TCiphertext">Ciphertexts.</typeparam>
/// <typeparam name="TPlaintext">Encoded plaintexts.</typeparam>
/// <typeparam name="TTransform">Linear transforms with their plaintexts encoded.</typeparam>
public interface IEvaluator<TCiphertext, TPlaintext, TTransform>
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    CkksParameters Parameters { get; }

    /// <param name="values">At most N/2; the other slots are zero.</param>
    /// <param name="level">0 to MaxLevel.</param>
    /// <param name="scale">Finite, positive.</param>
    TPlaintext Encode(ReadOnlySpan<double> values, int level, double scale);

    /// <summary>The same number in every slot.</summary>
    TPlaintext Encode(double value, int level, double scale);

    TCiphertext Add(TCiphertext left, TCiphertext right);

    TCiphertext Subtract(TCiphertext left, TCiphertext right);

    TCiphertext Negate(TCiphertext value);

    TCiphertext Add(TCiphertext left, TPlaintext right);

    TCiphertext Subtract(TCiphertext left, TPlaintext right);

    /// <summary>Slot by slot; scales multiply.</summary>
    TCiphertext Multiply(TCiphertext left, TPlaintext right);

    /// <summary>Slot by slot; scales multiply; the result has three polynomials.</summary>
    TCiphertext Multiply(TCiphertext left, TCiphertext right);

    TCiphertext Square(TCiphertext value);

    /// <summary>Back to two polynomials; a copy of what already has two.</summary>
    TCiphertext Relinearize(TCiphertext value);

    /// <summary>Divides by the level's last prime and drops it; the scale is divided by the same prime.</summary>
    TCiphertext Rescale(TCiphertext value);

    /// <summary>Drops primes down to a level; values and scale stay.</summary>
    TCiphertext SwitchLevel(TCiphertext value, int level);

    /// <summary>To the left: slot i becomes what slot i + steps was. Zero steps need no key.</summary>
    TCiphertext Rotate(TCiphertext value, int steps);

    TCiphertext Conjugate(TCiphertext value);

    /// <summary>Per row of weights sum_i inputs[i] * round(row[i] * scale): the same weight in every slot, no encoding, no key; scales multiply.</summary>
    /// <remarks>One call for many rows lets an evaluator stream the inputs once. It makes a layer of a network that holds one image per slot.</remarks>
    /// <param name="inputs">At least one; of one level, scale and size, two polynomials or three.</param>
    /// <param name="rows">A weight per input in each; |weight * scale| up to 2^52, at least one of a row does not round to zero.</param>
    /// <param name="scale">Of the weights.</param>
    TCiphertext[] WeightedSums(ReadOnlySpan<TCiphertext> inputs, ReadOnlySpan<double[]> rows, double scale);

    /// <summary>Encodes every term's values once, for use with any number of inputs.</summary>
    TTransform Prepare(LinearTransform transform, int level, double scale);

    /// <summary>Inputs of one level and scale; scales multiply; one division by the special prime per giant step.</summary>
    TCiphertext Transform(ReadOnlySpan<TCiphertext> inputs, TTransform transform);
}
