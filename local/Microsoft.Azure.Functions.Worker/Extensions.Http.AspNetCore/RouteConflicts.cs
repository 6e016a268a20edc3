using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Two functions whose routes match the same paths for the same method: requests to them could not be told apart.</summary>
internal static class RouteConflicts
{
    public static void Find(IReadOnlyList<(FunctionDescriptor Function, HttpTrigger Trigger)> functions, StartupFaults faults)
    {
        foreach (var same in functions.GroupBy(pair => Shape(pair.Trigger.Pattern), StringComparer.Ordinal))
        {
            var earlier = new List<(FunctionDescriptor Function, HttpTrigger Trigger)>();
            foreach (var (function, trigger) in same)
            {
                foreach (var (other, otherTrigger) in earlier.Where(pair => Overlap(pair.Trigger.Methods, trigger.Methods)))
                    faults.Add(function.Name, $"route '{trigger.Pattern.RawText}' conflicts with '{otherTrigger.Pattern.RawText}' of '{other.Name}'. Change the route or the methods of one.");
                earlier.Add((function, trigger));
            }
        }
    }

    private static bool Overlap(IReadOnlyList<string>? left, IReadOnlyList<string>? right) =>
        left is null || right is null || left.Intersect(right, StringComparer.Ordinal).Any();

    /// <summary>The pattern without parameter names: equal shapes match equal paths.</summary>
    private static string Shape(RoutePattern pattern) =>
        string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Shape))));

    private static string Shape(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content.ToLowerInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            $"{{{(parameter.IsCatchAll ? "*" : "")}{string.Concat(parameter.ParameterPolicies.Select(policy => ":" + policy.Content))}}}",
        _ => throw new NotSupportedException($"A route part of kind {part.PartKind} is unknown."),
    };
}
