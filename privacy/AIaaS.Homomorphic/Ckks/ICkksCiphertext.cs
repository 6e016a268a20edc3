namespace AIaaS.Homomorphic.Ckks;

public interface ICkksCiphertext : ICkksValue, IDisposable
{
    /// <summary>Polynomials: 2, or 3 between a multiplication and its relinearization.</summary>
    int Size { get; }
}
