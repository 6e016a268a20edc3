using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>A freshly drawn secret or error: small integer coefficients, read by every ring that needs them. Zeroed when disposed.</summary>
internal readonly struct SmallPolynomial : IDisposable
{
    private readonly CkksContext _context;
    private readonly ResidueBuffer _coefficients;

    private SmallPolynomial(CkksContext context)
    {
        _context = context;
        _coefficients = context.Pool.Rent(1);
    }

    // The buffer holds plain integers here, no row of any ring.
    private Span<long> Coefficients => MemoryMarshal.Cast<double, long>(_coefficients[0]);

    public static SmallPolynomial Ternary(CkksContext context)
    {
        var polynomial = new SmallPolynomial(context);
        TernarySampler.Sample(polynomial.Coefficients);
        return polynomial;
    }

    public static SmallPolynomial Error(CkksContext context)
    {
        var polynomial = new SmallPolynomial(context);
        ErrorSampler.Sample(polynomial.Coefficients);
        return polynomial;
    }

    /// <summary>Its values modulo one prime.</summary>
    public void Evaluate(PrimeRing ring, Span<double> destination)
    {
        ring.FromIntegers(Coefficients, destination);
        ring.Forward(destination, destination);
    }

    public void Dispose() => _context.Pool.Return(_coefficients, secret: true);
}
