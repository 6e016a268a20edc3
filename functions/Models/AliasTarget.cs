namespace AIaaS.Functions.Models;

/// <summary>The body that sets an alias.</summary>
/// <param name="Version">A version of the model.</param>
public sealed record AliasTarget(int Version);
