namespace AIaaS.Homomorphic.Ckks;

/// <summary>How many bits all primes together may have at 128-bit security with a ternary secret.</summary>
public enum SecurityTable
{
    /// <summary>"Security Guidelines for Implementing Homomorphic Encryption" (2024), table 4.2: the default.</summary>
    Guideline2024,

    /// <summary>The HomomorphicEncryption.org standard (2018), SEAL's own limit. Must be asked for.</summary>
    Standard2018,
}
