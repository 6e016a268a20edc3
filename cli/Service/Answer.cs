namespace AIaaS.Cli.Service;

/// <summary>An answer twice: as read, and word for word for --json.</summary>
public sealed record Answer<T>(T Value, string Json);

/// <summary>The shape of every list.</summary>
public sealed record Listing<T>(IReadOnlyList<T> Value);
