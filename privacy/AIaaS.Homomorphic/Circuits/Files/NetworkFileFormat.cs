namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>
/// Little-endian: magic, version (16 bits), then options, network and the plan's digest, then SHA-256 of all before it.
/// </summary>
internal static class NetworkFileFormat
{
    public const ushort Version = 1;

    public const byte Dense = 1, Convolution = 2, Square = 3, Quadratic = 4;

    /// <summary>Scales are powers of two up to this.</summary>
    public const int MaxScaleBits = 60;

    public const int MaxCostLevels = 64;

    public const int MaxBabySteps = 1 << 16;

    public static ReadOnlySpan<byte> Magic => "AIHENET\0"u8;
}
