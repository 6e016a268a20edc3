using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Which column is the label, and why.</summary>
internal static class LabelChoice
{
    private static readonly string[] Names = ["label", "target", "class", "y"];

    /// <returns>Index of the column and the reason for the report; null when the dataset has no label.</returns>
    /// <exception cref="PipelineException">DatasetLabelMissing: the sidecar names a column that is not there.</exception>
    public static (int Column, string Why)? Choose(DatasetSource source, DatasetSidecar sidecar)
    {
        var columns = source.Columns;
        if (sidecar.Label is { } named)
        {
            var column = IndexOf(columns, named, StringComparison.Ordinal);
            if (column >= 0 && !columns[column].IsTensor) return (column, $"named by {DatasetSidecar.FileName}");
            throw new PipelineException(ProblemCodes.DatasetLabelMissing,
                $"{DatasetSidecar.FileName} names the label '{named}', which is no column of the data. Columns are: {string.Join(", ", columns.Take(20).Select(c => c.Name))}{(columns.Count > 20 ? ", …" : "")}.");
        }
        foreach (var name in Names)
        {
            var column = IndexOf(columns, name, StringComparison.OrdinalIgnoreCase);
            if (column >= 0 && !columns[column].IsTensor && IsUsable(column)) return (column, $"the column has the name '{columns[column].Name}'");
        }
        var last = columns.Count - 1;
        while (last > 0 && !IsUsable(last)) last--;
        return source.LastColumnIsLabel && columns.Count > 1 && last >= 0
            ? (last, $"it is the last column; name another with 'label:' in {DatasetSidecar.FileName}")
            : null;

        bool IsUsable(int column) => columns[column].Name != sidecar.Split.Column
            && sidecar.Types.GetValueOrDefault(columns[column].Name) != SidecarType.Ignore;
    }

    public static int IndexOf(IReadOnlyList<SourceColumn> columns, string name, StringComparison comparison)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name.Equals(name, comparison)) return i;
        }
        return -1;
    }
}
