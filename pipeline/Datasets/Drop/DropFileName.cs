using System.Text.RegularExpressions;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Names of dropped files: 1 to 128 letters, digits, '.', '_', '-' and spaces, beginning with a letter or digit; no folders.</summary>
public static partial class DropFileName
{
    /// <returns><paramref name="file"/> itself.</returns>
    /// <exception cref="PipelineException">InvalidName.</exception>
    public static string Check(string? file)
    {
        if (!IsValid(file))
        {
            throw new PipelineException(ProblemCodes.InvalidName,
                "A file name must be 1 to 128 letters, digits, '.', '_', '-' or spaces, and begin with a letter or digit; folders are not possible.");
        }
        return file!;
    }

    public static bool IsValid(string? file) => file is not null && Pattern().IsMatch(file);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._\- ]{0,127}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
