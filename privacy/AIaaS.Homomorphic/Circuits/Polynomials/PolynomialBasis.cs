namespace AIaaS.Homomorphic.Circuits.Polynomials;

/// <summary>What a polynomial's coefficients multiply.</summary>
public enum PolynomialBasis
{
    /// <summary>1, x, x^2, ...</summary>
    Power,

    /// <summary>T_0, T_1, T_2, ...: T_i(cos t) = cos(i t). Stable for |x| up to 1 at any degree.</summary>
    Chebyshev,
}
