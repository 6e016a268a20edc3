using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Prime sizes worth trying: the first prime of one size, one of another per square, and a special prime as large as is fast.</summary>
internal static class PrimeChoices
{
    private static readonly int[] Sizes = [50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 38, 36];

    /// <summary>Largest first, so that the first is the one that overflows last.</summary>
    /// <exception cref="PlanRefusedException">The degree has no room for so many primes.</exception>
    public static IReadOnlyList<ModulusBits> For(int degree, int linearLayers, PlannerOptions options)
    {
        if (options.Parameters is { } parameters)
        {
            return parameters.DataPrimeCount == linearLayers
                ? [ModulusBits.Of(parameters)]
                : throw new PlanRefusedException($"{linearLayers} linear layers need {linearLayers} data primes, one per square and one for the reply; {parameters} has {parameters.DataPrimeCount}.");
        }
        var limit = SecurityLimits.MaxTotalBits(degree, options.Security);
        var choices =
            from first in Sizes
            from rest in linearLayers > 1 ? Sizes : [0]
            where first + (linearLayers - 1) * rest + Primes.MaxFastBits <= limit
            orderby first + (linearLayers - 1) * rest descending
            select new ModulusBits(degree, [first, .. Enumerable.Repeat((double)rest, linearLayers - 1)], Primes.MaxFastBits);
        var list = choices.ToArray();
        return list.Length > 0 ? list : throw new PlanRefusedException(
            $"{linearLayers - 1} squares need {linearLayers} data primes of at least {Sizes[^1]} bits and a special one of {Primes.MaxFastBits}, {linearLayers * Sizes[^1] + Primes.MaxFastBits} bits in all; the {options.Security} table allows {limit}. Take fewer squares or a larger degree.");
    }
}
