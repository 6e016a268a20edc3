namespace AIaaS.Homomorphic.Wire;

/// <summary>How the outermost object is compressed; the numbers are SEAL's <c>compr_mode_type</c>.</summary>
public enum SealCompression
{
    None = 0,

    /// <summary>RFC 1950.</summary>
    Zlib = 1,

    /// <summary>One Zstandard frame (RFC 8878): what SEAL does by default.</summary>
    Zstd = 2,
}
