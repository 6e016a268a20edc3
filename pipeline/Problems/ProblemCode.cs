namespace AIaaS.Pipeline.Problems;

/// <summary>What went wrong, as a contract: clients may rely on <see cref="Code"/> and <see cref="Status"/>, never on texts.</summary>
/// <param name="Code">Stable name, PascalCase.</param>
/// <param name="Status">The HTTP status it is reported with.</param>
/// <param name="Title">One short sentence that does not depend on the occurrence.</param>
public sealed record ProblemCode(string Code, int Status, string Title)
{
    public override string ToString() => Code;
}
