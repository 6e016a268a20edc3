namespace AIaaS.Homomorphic.Ring;

/// <summary>What residues are kept and computed in.</summary>
internal enum KernelKind
{
    /// <summary>64-bit words: any processor, any prime.</summary>
    Words,

    /// <summary>Doubles, one at a time, with a fused multiply-add of the processor.</summary>
    Scalar,

    /// <summary>Four doubles at a time.</summary>
    Avx2,

    /// <summary>Eight.</summary>
    Avx512,
}
