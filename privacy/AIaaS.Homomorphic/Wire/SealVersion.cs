namespace AIaaS.Homomorphic.Wire;

/// <summary>The version in every header. Most SEAL releases accept their own only, so a reply carries the one that the request came with.</summary>
/// <param name="Major">4, or 3 for the form that every 4.x reads.</param>
/// <param name="Minor">Any with 4; 7 with 3.</param>
public readonly record struct SealVersion(byte Major, byte Minor)
{
    /// <summary>4.1: read by SEAL 4.1 (node-seal 7) and by 4.4 and later.</summary>
    public static SealVersion Default => new(4, 1);

    /// <summary>3.7: read by every 4.x.</summary>
    public static SealVersion Universal => new(3, 7);

    public bool IsSupported => Major == 4 || this == Universal;

    /// <summary>Ciphertexts have had the field since 4.0.</summary>
    internal bool HasCorrectionFactor => Major >= 4;

    public override string ToString() => $"{Major}.{Minor}";
}
