using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>The rotations that steps do.</summary>
internal static class PlanKeys
{
    public static IReadOnlyList<RotationKey> Rotations(IEnumerable<PlanStep> steps) =>
        [.. steps.OfType<LinearStep>()
            .SelectMany(step => step.Transforms.SelectMany(part => part.Rotations).Select(rotation => (rotation, step.Level)))
            .GroupBy(use => use.rotation, use => use.Level)
            .Select(uses => new RotationKey(uses.Key, uses.Max()))
            .OrderBy(key => key.Steps)];
}
