using AIaaS.Pipeline.Datasets.Formats.Csv;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats;

/// <summary>Column names as any format gives them.</summary>
internal static class ColumnNames
{
    /// <summary>Names that begin with it are ours, as $split in the shards.</summary>
    private const char Reserved = '$';

    /// <returns><paramref name="names"/> itself.</returns>
    /// <exception cref="PipelineException">DatasetMalformed, DatasetTooLarge.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<string> names, string file, DatasetLimits limits)
    {
        if (names.Count > limits.MaxColumns)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{file} has {names.Count} columns; the limit is {limits.MaxColumns}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            var fault = name.Length == 0 ? "has no name"
                : name.Length > limits.MaxColumnName ? $"has a name longer than {limits.MaxColumnName} characters"
                : name[0] == Reserved ? "has a name that begins with '$', which is reserved"
                : name.Any(c => char.IsControl(c) || c == CsvText.Undecodable) ? "has a name with control characters or bytes that are not UTF-8"
                : !seen.Add(name) ? "has the name of an earlier column"
                : null;
            if (fault is not null) throw new PipelineException(ProblemCodes.DatasetMalformed, $"{file}: column {i + 1} {fault}.");
        }
        return names;
    }
}
