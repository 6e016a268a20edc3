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

    /// <summary>A plan whose outputs would have a larger standard deviation of error is refused. Default 0.25.</summary>
    public double MaxError { get; init; } = 0.25;

    /// <summary>Measured ranges behind the first layer are planned for this many times over. Default 2.</summary>
    public double RangeMargin { get; init; } = 2;

    /// <summary>Bits by which the random fill of a reply must exceed what it hides, in each slot. Default 8.</summary>
    public double MinHidingBits { get; init; } = 8;

    /// <summary>Measured costs; null takes <see cref="UnitCosts.Model"/>.</summary>
    public UnitCosts? Costs { get; init; }

    internal UnitCosts CostsOf(int degree) => Costs ?? UnitCosts.Model(degree);
}
