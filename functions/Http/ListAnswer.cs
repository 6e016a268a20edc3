namespace AIaaS.Functions.Http;

/// <summary>Every list answers {"value":[…]}.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Value);
