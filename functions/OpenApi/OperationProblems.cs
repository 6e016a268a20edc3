using AIaaS.Pipeline.Problems;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.OpenApi;

/// <summary>The problems an operation may answer: what its attribute names, and what can happen to every one that reaches storage.</summary>
public static class OperationProblems
{
    public static IEnumerable<ProblemCode> Of(HttpFunction function)
    {
        var codes = new List<ProblemCode>();
        foreach (var name in function.Operation?.Problems ?? [])
            codes.Add(ProblemCodes.All.TryGetValue(name, out var code) ? code : throw new InvalidOperationException($"{function.Name} names {name}, which is no problem code."));
        if (function.RouteParameters.Any()) codes.Add(ProblemCodes.InvalidName);
        if (function.Authorization != AuthorizationLevel.Anonymous) codes.Add(ProblemCodes.StorageUnavailable);
        return codes.Distinct();
    }
}
