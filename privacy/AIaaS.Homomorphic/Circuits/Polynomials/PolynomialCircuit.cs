using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Polynomials;

/// <summary>A polynomial of every slot, in the least depth, by Paterson and Stockmeyer's recursion, with exact scales.</summary>
/// <remarks>
/// p = q b_n + r for a power of two n, down to pieces of degree below a bound whose terms are multiplied by constants; the chain of quotients is
/// split down to degree 1, since a constant's product there would cost one more level. Every constant is encoded at the scale that makes all
/// summands meet exactly, so no error comes from unequal scales. After Bossuat, Mouchet, Troncoso-Pastoriza, Hubaux, "Efficient
/// bootstrapping for approximate homomorphic encryption with non-sparse keys", 2021, section 5.
/// </remarks>
public sealed class PolynomialCircuit
{
    private readonly int _small;

    /// <exception cref="HomomorphicException">The polynomial is constant.</exception>
    public PolynomialCircuit(Polynomial polynomial)
    {
        ArgumentNullException.ThrowIfNull(polynomial);
        if (polynomial.Degree == 0) throw new HomomorphicException("A constant polynomial needs no ciphertext: encode its value.");
        Polynomial = polynomial;
        _small = Enumerable.Range(1, polynomial.Depth).MinBy(Products);
    }

    public Polynomial Polynomial { get; }

    /// <param name="evaluator">With a relinearization key.</param>
    /// <param name="input">Values in [-1, 1] for a Chebyshev basis; its level is at least the polynomial's depth.</param>
    /// <param name="scale">Of the result; null takes the input's.</param>
    /// <returns>At the input's level less the depth.</returns>
    /// <exception cref="HomomorphicException">There are too few levels.</exception>
    public TCiphertext Evaluate<TCiphertext, TPlaintext, TTransform>(
        IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, TCiphertext input, double? scale = null)
        where TCiphertext : class, ICkksCiphertext
        where TPlaintext : class, ICkksValue
        where TTransform : class, ICkksValue
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(input);
        OperandChecks.TwoPolynomials(input);
        if (input.Level < Polynomial.Depth)
            throw new HomomorphicException($"A polynomial of degree {Polynomial.Degree} takes {Polynomial.Depth} levels; the operand is at level {input.Level}. Take parameters with {Polynomial.Depth - input.Level} more primes.");
        using var evaluation = new PolynomialEvaluation<TCiphertext, TPlaintext, TTransform>(evaluator, Polynomial.Basis, input, 1 << _small);
        return evaluation.Run(Polynomial, input.Level - Polynomial.Depth, scale ?? input.Scale);
    }

    // Ciphertext products with pieces of 2^small coefficients: basis polynomials, giants, splits, and the chain of quotients.
    private int Products(int small) => (1 << small) - 2 + (Polynomial.Depth - small) + (Polynomial.Degree >> small) + small - 1;
}
