namespace AIaaS.Functions.Operations;

/// <param name="Status">"ready" when every check is.</param>
/// <param name="Checks">One a dependency.</param>
public sealed record ReadinessReport(string Status, IReadOnlyList<ReadinessCheck> Checks)
{
    public const string Ready = "ready";
    public const string NotReady = "not ready";
}

/// <param name="Name">storage, tables, queues or vault.</param>
/// <param name="Status">"ready" or "not ready".</param>
/// <param name="Milliseconds">How long the answer took.</param>
/// <param name="Code">The problem's code when not ready; never addresses or texts of exceptions.</param>
public sealed record ReadinessCheck(string Name, string Status, double Milliseconds, string? Code);
