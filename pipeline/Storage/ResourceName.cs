using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Storage;

/// <summary>The name of a dataset, model or job: 1 to 60 of a-z, 0-9 and '-', beginning and ending with a letter or digit.</summary>
/// <remarks>Narrow enough to be a blob folder, a table key, a Key Vault key name and a URL segment without escaping.</remarks>
public static partial class ResourceName
{
    /// <returns><paramref name="name"/> itself.</returns>
    /// <exception cref="PipelineException">InvalidName.</exception>
    public static string Check(string? name, string what)
    {
        if (!IsValid(name))
            throw new PipelineException(ProblemCodes.InvalidName,
                $"The {what} name must be 1 to 60 characters of a-z, 0-9 and '-', beginning and ending with a letter or digit.");
        return name;
    }

    public static bool IsValid([NotNullWhen(true)] string? name) => name is not null && Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
