using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Tests.Circuits;

internal static class PlanText
{
    public static string Describe(NetworkPlan plan) =>
        $"{plan.Parameters}; input 2^{Math.Log2(plan.InputScale)} x {plan.Inputs.Count}; weights {string.Join(", ", plan.Steps.OfType<LinearStep>().Select(step => $"2^{Math.Log2(step.PlaintextScale)}"))}; "
        + $"reply 2^{Math.Log2(plan.OutputScale):F2}; hiding {plan.HidingBits:F1} bits; error {plan.PredictedError:F4}; {plan.PredictedMilliseconds:F2} ms; "
        + $"T {string.Join("/", plan.Steps.OfType<LinearStep>().Select(step => step.Transforms[0].Instances))}; keys {string.Join(" ", plan.RotationKeys.Select(key => $"{key.Steps}@{key.Level}"))}";
}
