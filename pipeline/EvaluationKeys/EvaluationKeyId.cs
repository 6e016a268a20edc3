using System.Buffers;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>The name of a set: the SHA-256 of its bytes in lower-case hex.</summary>
public static class EvaluationKeyId
{
    public const int Length = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <returns><paramref name="id"/> itself.</returns>
    /// <exception cref="PipelineException">InvalidName.</exception>
    public static string Check(string? id) => IsValid(id)
        ? id!
        : throw new PipelineException(ProblemCodes.InvalidName, "Evaluation keys are named by the SHA-256 of their bytes, as 64 lower-case hexadecimal digits.");

    public static bool IsValid(string? id) => id is { Length: Length } && !id.AsSpan().ContainsAnyExcept(Digits);
}
