using System.Numerics;

namespace AIaaS.Homomorphic.Ring;

/// <summary>NTT-friendly primes, p = 1 mod 2N, chosen as SEAL chooses them, so that equal bit sizes mean equal primes on both sides.</summary>
public static class Primes
{
    public const int MinBits = 17;

    /// <summary>Above this the doubles of the fast kernels no longer hold exact products; see Ring/README.md.</summary>
    public const int MaxFastBits = 50;

    public const int MaxBits = 60;

    // Enough witnesses for every 64-bit number: Sinclair's set, https://miller-rabin.appspot.com.
    private static readonly ulong[] Witnesses = [2, 325, 9375, 28178, 450775, 9780504, 1795265022];

    /// <param name="degree">N, a power of two.</param>
    /// <param name="bitSizes">One prime of each size, in this order; of primes of one size the smallest comes first.</param>
    /// <exception cref="HomomorphicException">A size is out of range, or there are not enough primes of it.</exception>
    public static ulong[] Generate(int degree, IReadOnlyList<int> bitSizes)
    {
        ArgumentNullException.ThrowIfNull(bitSizes);
        var pools = bitSizes.GroupBy(bits => bits).ToDictionary(group => group.Key, group => Largest(degree, group.Key, group.Count()));
        return [.. bitSizes.Select(bits => pools[bits].Pop())];
    }

    /// <summary>Deterministic Miller–Rabin.</summary>
    public static bool IsPrime(ulong value)
    {
        if (value < 2 || (value & 1) == 0) return value == 2;
        var twos = BitOperations.TrailingZeroCount(value - 1);
        return Array.TrueForAll(Witnesses, witness => Passes(value, witness % value, twos));
    }

    // A stack, so that the smallest of the chosen is handed out first.
    private static Stack<ulong> Largest(int degree, int bits, int count)
    {
        if (bits is < MinBits or > MaxBits)
            throw new HomomorphicException($"A prime of {bits} bits is not supported; choose {MinBits} to {MaxBits} bits.");
        var step = 2UL * (ulong)degree;
        var found = new Stack<ulong>();
        for (var candidate = ((1UL << bits) - 1) / step * step + 1; candidate > 1UL << (bits - 1) && found.Count < count; candidate -= step)
            if (candidate < 1UL << bits && IsPrime(candidate)) found.Push(candidate);
        return found.Count == count
            ? found
            : throw new HomomorphicException($"There are only {found.Count} primes of {bits} bits that are 1 modulo {step}; {count} were asked for. Take more bits.");
    }

    private static bool Passes(ulong value, ulong witness, int twos)
    {
        if (witness == 0) return true;
        var power = Modular.Power(witness, (value - 1) >> twos, value);
        if (power == 1 || power == value - 1) return true;
        for (var i = 1; i < twos; i++)
        {
            power = Modular.Multiply(power, power, value);
            if (power == value - 1) return true;
        }
        return false;
    }
}
