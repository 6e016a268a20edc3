namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>How a seed is made into a stream; the numbers are SEAL's <c>prng_type</c>.</summary>
internal enum SeedExpansion : byte
{
    /// <summary>BLAKE2Xb: SEAL's default, and ours.</summary>
    Blake2xb = 1,

    /// <summary>SHAKE256 (FIPS 202).</summary>
    Shake256 = 2,
}
