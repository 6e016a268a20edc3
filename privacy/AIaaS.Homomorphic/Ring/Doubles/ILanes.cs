namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>The vector operations the kernels are written in. One implementation per width; all round alike, so all give the same bits.</summary>
/// <typeparam name="TVector">The vector type.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Load(ref readonly double source, nuint index);

    /// <summary>A hint that this will be read soon; it may lie past the end.</summary>
    static abstract void Prefetch(ref readonly double source, nuint index);

    static abstract void Store(TVector value, ref double destination, nuint index);

    /// <summary>Integers of at most 2^52.</summary>
    static abstract TVector LoadIntegers(ref readonly long source, nuint index);

    /// <summary>Words below 2^62 as their bits from <paramref name="bits"/> on, and those below.</summary>
    /// <returns><paramref name="whole"/> in the lanes whose word is above <paramref name="half"/>, else zero.</returns>
    static abstract TVector LoadSplit(ref readonly ulong source, nuint index, int bits, ulong half, TVector whole, out TVector high, out TVector low);

    /// <summary>Residues nearest zero, written as [0, p).</summary>
    static abstract void StoreCanonical(TVector value, TVector p, ref ulong destination, nuint index);

    static abstract TVector Broadcast(double value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left * right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>left * right - subtrahend, rounded once.</summary>
    static abstract TVector MultiplySubtract(TVector left, TVector right, TVector subtrahend);

    /// <summary>addend - left * right, rounded once.</summary>
    static abstract TVector NegateMultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>Two neighbouring vectors, butterflies at distance <see cref="Count"/> done: brings together what the next shorter distance pairs; step 0 is distance Count / 2, the last one distance 1.</summary>
    static abstract void Split(ref TVector upper, ref TVector lower, int step);

    /// <summary>Puts back in order what all <see cref="Split"/> steps have moved.</summary>
    static abstract void Merge(ref TVector upper, ref TVector lower);

    /// <summary>Two neighbouring vectors in order: brings together what distance 1 pairs (step 0), then distance 2, up to distance Count.</summary>
    static abstract void Gather(ref TVector upper, ref TVector lower, int step);

    /// <summary>Puts back in order what all <see cref="Gather"/> steps have moved, distance Count included.</summary>
    static abstract void Restore(ref TVector upper, ref TVector lower);

    /// <summary>Lane i of the result is the lane of the source that the i-th of <see cref="Count"/> indices at <paramref name="order"/> names.</summary>
    static abstract TVector Permute(TVector source, ref readonly long order);

    /// <summary>How <see cref="Permute"/> wants a lane named.</summary>
    static abstract long Index(int lane);
}
