using System.Numerics;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Roots for the butterflies, each as (w, w / p): one pair a block for the long distances, whole vectors of them for the short ones.</summary>
internal sealed class DoubleTables<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    private readonly ulong _modulus;
    private readonly int _degree;

    public DoubleTables(ulong modulus, int degree)
    {
        (_modulus, _degree) = (modulus, degree);
        var root = RootOfUnity.Smallest(modulus, degree);
        var forward = RootOfUnity.Powers(root, modulus, degree);
        var inverse = RootOfUnity.Powers(Modular.Inverse(root, modulus), modulus, degree);
        var inverseDegree = Modular.Inverse((ulong)degree, modulus);
        InverseDegree = Pair(inverseDegree);

        // Level 1 comes last in the inverse: 1/N is folded into its only root, and multiplied into the sums.
        var folded = (ulong[])inverse.Clone();
        folded[1] = Modular.Multiply(folded[1], inverseDegree, modulus);
        Forward = Pairs(forward);
        Inverse = Pairs(folded);
        ForwardLanes = Tail(forward, backwards: false);
        InverseLanes = Tail(inverse, backwards: true);
    }

    public (double Factor, double Quotient) InverseDegree { get; }

    /// <summary>Entry 2 (m + j): the root of block j among m, and it over p.</summary>
    public ResidueBuffer Forward { get; }

    public ResidueBuffer Inverse { get; }

    /// <summary>Per pair of vectors and step: a vector of roots, a vector of them over p.</summary>
    public ResidueBuffer ForwardLanes { get; }

    public ResidueBuffer InverseLanes { get; }

    /// <summary>Distances shorter than a vector.</summary>
    public static int Steps => BitOperations.Log2((uint)TLanes.Count);

    private (double Factor, double Quotient) Pair(ulong root)
    {
        var centred = (double)Modular.Centre(root, _modulus);
        return (centred, centred / _modulus);
    }

    // Only distances of a vector and more read these: blocks up to N / (2 Count).
    private ResidueBuffer Pairs(ulong[] roots)
    {
        var count = _degree / TLanes.Count;
        var table = new ResidueBuffer(2 * count, 1);
        for (var i = 0; i < count; i++) (table[0][2 * i], table[0][2 * i + 1]) = Pair(roots[i]);
        return table;
    }

    // Which lane holds which value is found by letting the shuffles themselves move the indices.
    private ResidueBuffer Tail(ulong[] roots, bool backwards)
    {
        var width = TLanes.Count;
        var pairs = _degree / (2 * width);
        var table = new ResidueBuffer(Math.Max(1, pairs * Steps * 2 * width), 1);
        var indices = new double[2 * width];
        var place = 0;
        for (var pair = 0; pair < pairs; pair++)
        {
            for (var i = 0; i < indices.Length; i++) indices[i] = pair * 2 * width + i;
            var upper = TLanes.Load(ref indices[0], 0);
            var lower = TLanes.Load(ref indices[width], 0);
            for (var step = 0; step < Steps; step++)
            {
                if (backwards) TLanes.Gather(ref upper, ref lower, step);
                else TLanes.Split(ref upper, ref lower, step);
                var distance = backwards ? 1 << step : width >> (step + 1);
                var moved = new double[width];
                TLanes.Store(upper, ref moved[0], 0);
                for (var lane = 0; lane < width; lane++)
                {
                    var (factor, quotient) = Pair(roots[_degree / (2 * distance) + (int)moved[lane] / (2 * distance)]);
                    table[0][place + lane] = factor;
                    table[0][place + width + lane] = quotient;
                }
                place += 2 * width;
            }
        }
        return table;
    }
}
