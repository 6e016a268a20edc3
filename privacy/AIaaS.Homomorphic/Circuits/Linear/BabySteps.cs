using AIaaS.Homomorphic.Circuits.Planning;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>How many rotations of the inputs are hoisted before a giant step is taken.</summary>
internal static class BabySteps
{
    /// <summary>The split of <paramref name="instances"/> consecutive rotations that costs least; of equals the one with fewer keys.</summary>
    public static int Cheapest(int instances, int inputs, LevelCosts costs) =>
        Enumerable.Range(1, Math.Max(1, instances)).MinBy(babies => Cost(instances, inputs, babies, costs));

    public static double Cost(int instances, int inputs, int babies, LevelCosts costs)
    {
        var giants = (instances + babies - 1) / babies - 1;
        return inputs * ((babies > 1 ? costs.Decompose : 0) + (Math.Min(babies, instances) - 1) * costs.Baby) + giants * costs.KeySwitch;
    }
}
