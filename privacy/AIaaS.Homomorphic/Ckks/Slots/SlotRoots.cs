using System.Numerics;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>The complex roots of the slot transform, each computed directly and so correct to the last bit or two.</summary>
/// <remarks>
/// Modulo X^n - i, n = N/2, the levels split X^h - e^(i t) into X^(h/2) -+ e^(i t/2). With m blocks, block j of a level is multiplied by
/// zeta^(n/(2m) + N bitrev(j)/m), zeta = e^(i pi/N); that root stands at m + j.
/// </remarks>
internal sealed class SlotRoots
{
    /// <param name="slots">n = N/2.</param>
    /// <param name="lanes">Of the kernel: the last log2(lanes) levels have their roots tile by tile as well.</param>
    public SlotRoots(int slots, int lanes)
    {
        Real = new double[slots];
        Imaginary = new double[slots];
        for (var blocks = 1; blocks < slots; blocks *= 2)
        {
            var bits = BitOperations.Log2((uint)blocks);
            for (var j = 0; j < blocks; j++)
            {
                // The exponent over N, which is exact: N is a power of two.
                var turn = (0.25 + Automorphism.Reverse(j, bits)) / blocks;
                (Imaginary[blocks + j], Real[blocks + j]) = double.SinCosPi(turn);
            }
        }
        TileReal = Tiled(Real, slots, lanes);
        TileImaginary = Tiled(Imaginary, slots, lanes);
    }

    public double[] Real { get; }

    public double[] Imaginary { get; }

    /// <summary>Per tile of <c>lanes</c> blocks: the root of the first level by block; of the second, first halves by block, then second halves; and so on.</summary>
    public double[] TileReal { get; }

    public double[] TileImaginary { get; }

    private static double[] Tiled(double[] roots, int slots, int lanes)
    {
        var tiled = new double[slots / lanes * (lanes - 1)];
        var next = 0;
        for (var block = 0; block < slots / lanes; block += lanes)
            for (var parts = 1; parts < lanes; parts *= 2)
                for (var part = 0; part < parts; part++)
                    for (var lane = 0; lane < lanes; lane++)
                        tiled[next++] = roots[parts * (slots / lanes + block + lane) + part];
        return tiled;
    }
}
