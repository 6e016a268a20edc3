using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>As many complex numbers as a vector has lanes.</summary>
/// <typeparam name="TLanes">What a vector can do.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal struct ComplexLanes<TLanes, TVector>(TVector real, TVector imaginary)
    where TLanes : struct, IDoubleLanes<TVector>
    where TVector : unmanaged
{
    public TVector Real = real;

    public TVector Imaginary = imaginary;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, TVector> Load(ref double real, ref double imaginary, int index) =>
        new(TLanes.Load(ref real, index), TLanes.Load(ref imaginary, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref double real, ref double imaginary, int index)
    {
        TLanes.Store(Real, ref real, index);
        TLanes.Store(Imaginary, ref imaginary, index);
    }

    /// <summary>(u, v) becomes (u + root v, u - root v).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(ref ComplexLanes<TLanes, TVector> u, ref ComplexLanes<TLanes, TVector> v, ComplexLanes<TLanes, TVector> root)
    {
        var real = TLanes.MultiplyAdd(v.Real, root.Real, TLanes.Negate(TLanes.Multiply(v.Imaginary, root.Imaginary)));
        var imaginary = TLanes.MultiplyAdd(v.Real, root.Imaginary, TLanes.Multiply(v.Imaginary, root.Real));
        v = new(TLanes.Subtract(u.Real, real), TLanes.Subtract(u.Imaginary, imaginary));
        u = new(TLanes.Add(u.Real, real), TLanes.Add(u.Imaginary, imaginary));
    }

    /// <summary>(u, v) becomes (u + v, (u - v) / root); the root lies on the unit circle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(ref ComplexLanes<TLanes, TVector> u, ref ComplexLanes<TLanes, TVector> v, ComplexLanes<TLanes, TVector> root)
    {
        var real = TLanes.Subtract(u.Real, v.Real);
        var imaginary = TLanes.Subtract(u.Imaginary, v.Imaginary);
        u = new(TLanes.Add(u.Real, v.Real), TLanes.Add(u.Imaginary, v.Imaginary));
        v = new(
            TLanes.MultiplyAdd(real, root.Real, TLanes.Multiply(imaginary, root.Imaginary)),
            TLanes.MultiplyAdd(imaginary, root.Real, TLanes.Negate(TLanes.Multiply(real, root.Imaginary))));
    }
}
