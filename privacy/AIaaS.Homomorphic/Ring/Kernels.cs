using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using AIaaS.Homomorphic.Ring.Doubles;

namespace AIaaS.Homomorphic.Ring;

/// <summary>What this processor can do. Ahead-of-time compiled programs see AVX only when built for it (IlcInstructionSet).</summary>
internal static class Kernels
{
    /// <summary>
    /// For a method that is a loop over rows: compiled once, with all optimisation, and by itself. Inlined into a caller, it would use up the
    /// compiler's budget there, and its innermost operations would become calls.
    /// </summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    public static KernelKind Best { get; } =
        Lanes512.IsSupported ? KernelKind.Avx512
        : Lanes256.IsSupported ? KernelKind.Avx2
        : Fma.IsSupported || AdvSimd.Arm64.IsSupported ? KernelKind.Scalar
        : KernelKind.Words;

    /// <summary>Doubles in a vector.</summary>
    public static int Width(KernelKind kind) => kind switch
    {
        KernelKind.Avx512 => 8,
        KernelKind.Avx2 => 4,
        _ => 1,
    };

    public static bool IsSupported(KernelKind kind) => kind <= Best;
}
