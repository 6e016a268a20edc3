using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>What a planner may choose, and what it must not fall short of.</summary>
public sealed record PlannerOptions
{
    /// <summary>Tried in this order; the first that allows a safe plan is taken.</summary>
    public IReadOnlyList<int> Degrees { get; init; } = [8192, 16384, 32768];

    public SecurityTable Security { get; init; } = SecurityTable.Guideline2024;

    /// <summary>Fixes degree and primes.</summary>
    public CkksParameters? Parameters { get; init; }

    /// <summary>Fixes log2 of the input scale.</summary>
    public int? InputScaleBits { get; init; }

    /// <summary>Fixes log2 of every linear layer's plaintext scale.</summary>
    public IReadOnlyList<int>? WeightScaleBits { get; init; }

    /// <summary>Fixes the baby steps of dense layers: 1 needs the fewest keys, more are faster up to a point. Default: the cheapest.</summary>
    public int? BabySteps { get; init; }

    /// <summary>Fixes <see cref="NetworkPlan.Repetition"/>, which otherwise is searched for. Only with one degree.</summary>
    public int? Repetition { get; init; }

    /// <summary>A plan whose outputs would have a larger standard deviation of error is refused. Default 0.25.</summary>
    public double MaxError { get; init; } = 0.25;

    /// <summary>Of the plans whose error is up to this many times the least, the one with the fewest bytes to send is taken; up to its square root for requests of several ciphertexts. Default 1.6; 1 takes the most precise.</summary>
    public double ErrorForBytes { get; init; } = 1.6;

    /// <summary>Measured ranges behind the first layer are planned for this many times over. Default 2.</summary>
    public double RangeMargin { get; init; } = 2;

    /// <summary>Bits by which the random fill of a reply must exceed what it hides, in each slot. Default 8.</summary>
    public double MinHidingBits { get; init; } = 8;

    /// <summary>Measured costs; null takes <see cref="UnitCosts.Model"/>.</summary>
    public UnitCosts? Costs { get; init; }

    /// <returns>How many linear layers there are.</returns>
    /// <exception cref="HomomorphicException">The fixed weight scales are for another number.</exception>
    internal int LinearLayers(NetworkDescription network)
    {
        var linear = network.Walk().Count(step => step.Layer is LinearLayer);
        return WeightScaleBits is null || WeightScaleBits.Count == linear
            ? linear
            : throw new HomomorphicException($"{linear} linear layers need {linear} weight scales; {WeightScaleBits.Count} were given.");
    }

    /// <exception cref="PlanRefusedException">Every degree was refused; the message has all reasons.</exception>
    internal T FirstDegree<T>(Func<int, T> plan)
    {
        var refusals = new List<string>();
        foreach (var degree in Parameters is { } parameters ? [parameters.Degree] : Degrees)
        {
            try
            {
                return plan(degree);
            }
            catch (PlanRefusedException refusal)
            {
                refusals.Add($"N={degree}: {refusal.Message}");
            }
        }
        throw new PlanRefusedException(string.Join(" ", refusals));
    }

    internal CkksParameters ParametersFor(ModulusBits modulus) =>
        Parameters ?? CkksParameters.Create(modulus.Degree, [.. modulus.Bits.Append(modulus.Special).Select(bits => (int)bits)], Security);

    internal UnitCosts CostsOf(int degree) => Costs ?? UnitCosts.Model(degree);
}
