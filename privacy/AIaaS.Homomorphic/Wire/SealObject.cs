namespace AIaaS.Homomorphic.Wire;

/// <summary>What was read, and how its sender wrote it.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Value">Owned by whoever reads.</param>
/// <param name="Version">To be used in what is sent back.</param>
/// <param name="Compression">How it came.</param>
public readonly record struct SealObject<T>(T Value, SealVersion Version, SealCompression Compression);
