namespace AIaaS.Homomorphic.Ckks;

/// <summary>What plaintexts and ciphertexts of every scheme have.</summary>
public interface ICkksValue
{
    /// <summary>Number of primes less one.</summary>
    int Level { get; }

    /// <summary>What the slots were multiplied by; the true one, never reset to a nominal value.</summary>
    double Scale { get; }
}
