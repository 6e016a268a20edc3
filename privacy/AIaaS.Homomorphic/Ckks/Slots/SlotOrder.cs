using System.Numerics;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>Where the transform keeps each slot, and of which slots it keeps the conjugate.</summary>
/// <remarks>
/// Slot i is the value at zeta^(3^i). The transform knows the values at the exponents 1 mod 4 only, in bit-reversed order: position p holds
/// 1 + 4 bitrev(p). Powers of 3 are 1 mod 4 for even i; for odd i the value at the opposite exponent is the conjugate.
/// Inside tiles of lanes x lanes, rows and columns are exchanged, so that the last levels run across vectors.
/// </remarks>
internal static class SlotOrder
{
    /// <param name="slots">N/2.</param>
    /// <param name="lanes">Of the kernel.</param>
    public static int[] Positions(int slots, int lanes)
    {
        var positions = new int[slots];
        var bits = BitOperations.Log2((uint)slots);
        var order = 4 * slots;
        var exponent = 1;
        for (var slot = 0; slot < slots; slot++, exponent = 3 * exponent % order)
        {
            var known = IsConjugate(slot) ? order - exponent : exponent;
            positions[slot] = Exchange(Automorphism.Reverse((known - 1) / 4, bits), lanes);
        }
        return positions;
    }

    public static bool IsConjugate(int slot) => (slot & 1) == 1;

    private static int Exchange(int position, int lanes)
    {
        var inside = position % (lanes * lanes);
        return position - inside + inside % lanes * lanes + inside / lanes;
    }
}
