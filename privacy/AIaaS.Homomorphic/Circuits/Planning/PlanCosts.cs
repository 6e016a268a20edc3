using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Predicted latency: the sum of the operations' unit costs.</summary>
internal static class PlanCosts
{
    public static double Milliseconds(IEnumerable<PlanStep> steps, int inputs, UnitCosts costs)
    {
        var (sum, ciphertexts) = (0.0, inputs);
        foreach (var step in steps)
        {
            var unit = costs[step.Level];
            if (step is LinearStep linear)
            {
                sum += linear.Transforms.Sum(part => Linear(part, unit));
                ciphertexts = linear.Transforms.Count;
            }
            else
            {
                sum += ciphertexts * (unit.Square + unit.KeySwitch + unit.Rescale);
            }
        }
        return sum;
    }

    private static double Linear(FoldedTransform part, LevelCosts unit)
    {
        var hoisted = part.Transform.Terms.Where(term => term.Baby != 0).Select(term => term.Input).Distinct().Count();
        return hoisted * unit.Decompose + part.BabyRotations * unit.Baby
            + (part.GiantRotations + part.Folds.Count) * unit.KeySwitch + part.Transform.Terms.Count * unit.MultiplyPlain;
    }
}
