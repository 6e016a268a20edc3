namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>A vector of doubles. All widths do the same operations in the same order, so that results do not depend on the processor.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface IDoubleLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Lanes: 1, 4 or 8.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(ref double source, int index);

    static abstract void Store(TVector value, ref double destination, int index);

    static abstract TVector Broadcast(double value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Negate(TVector value);

    /// <summary>left * right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>To the nearest integer, halves away from zero.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>The larger magnitude; NaN where either is.</summary>
    static abstract TVector MaxMagnitude(TVector left, TVector right);

    /// <summary>The largest lane, or NaN.</summary>
    static abstract double Max(TVector value);
}
