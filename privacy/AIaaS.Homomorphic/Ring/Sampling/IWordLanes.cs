namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>A vector of 64-bit words, one word of an independent BLAKE2b state per lane.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface IWordLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Lanes: a power of two, at most 8.</summary>
    static abstract int Count { get; }

    static abstract TVector Broadcast(ulong value);

    /// <summary>first, first + 1, ... by lane.</summary>
    static abstract TVector Consecutive(ulong first);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Xor(TVector left, TVector right);

    static abstract TVector RotateRight32(TVector value);

    static abstract TVector RotateRight24(TVector value);

    static abstract TVector RotateRight16(TVector value);

    static abstract TVector RotateRight63(TVector value);
}
