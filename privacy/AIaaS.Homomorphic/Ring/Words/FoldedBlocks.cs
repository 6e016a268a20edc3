using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Four vectors: four blocks of four values, or the first, second, third and fourth values of four blocks.</summary>
internal static class FoldedBlocks
{
    /// <summary>From one to the other and back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref Vector256<ulong> x0, ref Vector256<ulong> x1, ref Vector256<ulong> x2, ref Vector256<ulong> x3)
    {
        var a = Avx2.UnpackLow(x0, x1);
        var b = Avx2.UnpackHigh(x0, x1);
        var c = Avx2.UnpackLow(x2, x3);
        var d = Avx2.UnpackHigh(x2, x3);
        x0 = Avx2.Permute2x128(a, c, 0x20);
        x1 = Avx2.Permute2x128(b, d, 0x20);
        x2 = Avx2.Permute2x128(a, c, 0x31);
        x3 = Avx2.Permute2x128(b, d, 0x31);
    }
}
