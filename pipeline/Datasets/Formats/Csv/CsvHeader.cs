using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Csv;

/// <summary>Whether a first record is a header, and what it says.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// A header has names and no numbers, no name twice, and none of its names is a value further down in its own column.
    /// Only the first name may be empty (the index column that pandas writes).
    /// </summary>
    public static bool IsHeader(IReadOnlyList<string[]> records)
    {
        var first = records[0];
        if (first.Skip(1).Any(string.IsNullOrWhiteSpace) || first.All(string.IsNullOrWhiteSpace)) return false;
        if (first.Any(field => FastNumber.TryParse(field, out _)) || first.Distinct(StringComparer.Ordinal).Count() < first.Length) return false;
        for (var column = 0; column < first.Length; column++)
        {
            if (records.Skip(1).Any(record => record.Length > column && first[column].Length > 0 && record[column] == first[column])) return false;
        }
        return true;
    }

    /// <exception cref="PipelineException">DatasetMalformed: a name twice, too long, reserved, or not UTF-8.</exception>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> header, string file, DatasetLimits limits) =>
        ColumnNames.Check([.. header.Select((name, i) => string.IsNullOrWhiteSpace(name) ? "c" + i : name.Trim())], file, limits);
}
