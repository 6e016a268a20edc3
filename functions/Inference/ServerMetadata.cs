namespace AIaaS.Functions.Inference;

/// <param name="Name">Always "aiaas".</param>
/// <param name="Version">Of the service.</param>
/// <param name="Extensions">Of the protocol.</param>
public sealed record ServerMetadata(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>Both names are given: the protocol's text and its schema disagree on which one readiness is.</summary>
public sealed record ServerHealth(bool Live, bool Ready);
