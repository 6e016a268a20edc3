using System.Numerics;

namespace AIaaS.Homomorphic.Ring;

/// <summary>The smallest primitive 2N-th root of unity modulo p, which fixes the order of values on SEAL's wire.</summary>
internal static class RootOfUnity
{
    public static ulong Smallest(ulong modulus, int degree)
    {
        var order = 2UL * (ulong)degree;
        if ((modulus - 1) % order != 0)
            throw new HomomorphicException($"{modulus} is not 1 modulo {order}: it has no primitive root of that order.");

        var root = Any(modulus, order);
        var smallest = root;
        var step = Modular.Multiply(root, root, modulus);
        // The primitive roots are the odd powers of any of them.
        for (var i = 1; i < degree; i++)
        {
            root = Modular.Multiply(root, step, modulus);
            if (root < smallest) smallest = root;
        }
        return smallest;
    }

    /// <summary>All powers of a root below the N-th, in bit-reversed order: entry m + j is the factor of block j among m.</summary>
    public static ulong[] Powers(ulong root, ulong modulus, int degree)
    {
        var bits = BitOperations.Log2((uint)degree);
        var powers = new ulong[degree];
        var power = 1UL;
        for (var i = 0; i < degree; i++)
        {
            powers[Automorphism.Reverse(i, bits)] = power;
            power = Modular.Multiply(power, root, modulus);
        }
        return powers;
    }

    private static ulong Any(ulong modulus, ulong order)
    {
        for (var candidate = 2UL; ; candidate++)
        {
            var root = Modular.Power(candidate, (modulus - 1) / order, modulus);
            if (Modular.Power(root, order / 2, modulus) == modulus - 1) return root;
        }
    }
}
