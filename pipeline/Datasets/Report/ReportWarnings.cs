namespace AIaaS.Pipeline.Datasets.Report;

/// <summary>What a person should look at before training.</summary>
internal static class ReportWarnings
{
    private const double ManyDuplicates = 0.05;
    private const int FewRows = 10;
    private const double Imbalance = 20;
    private const double ManyMissing = 0.5;

    public static IEnumerable<string> Find(
        long rows, DuplicateReport duplicates, IReadOnlyList<ClassReport> classes, SplitReport split, IReadOnlyList<ColumnReport> columns, IEnumerable<string> leaks)
    {
        foreach (var name in leaks)
            yield return $"Column '{name}' tells the label by itself: each of its values goes with one label. It may not be known when the model is asked; leave it out with 'types: {{{name}: ignore}}'.";
        if (duplicates.Rows > rows * ManyDuplicates)
            yield return $"{(duplicates.Exact ? "" : "About ")}{duplicates.Rows} of {rows} rows are equal to an earlier row; the same row may be in train and test.";
        var there = classes.Where(c => c.Rows > 0).ToList();
        if (there.Count > 0)
        {
            var (least, most) = (there.MinBy(c => c.Rows)!, there.MaxBy(c => c.Rows)!);
            if (least.Rows < FewRows) yield return $"Class '{least.Name}' has {least.Rows} rows, too few to learn or to test.";
            else if (most.Rows > least.Rows * Imbalance) yield return $"Class '{most.Name}' has {most.Rows} rows and class '{least.Name}' {least.Rows}; accuracy alone will say little.";
        }
        if (split.Train == 0) yield return "No row is in the train part.";
        if (split.Validation == 0) yield return "No row is in the validation part: early stopping cannot be used.";
        if (split.Test == 0) yield return "No row is in the test part: the final evaluation has nothing to go by.";
        foreach (var column in columns.Where(column => column.Missing > rows * ManyMissing && column.Count > 0))
            yield return $"Column '{column.Name}' is missing in {column.Missing} of {rows} rows.";
        foreach (var column in columns.Where(column => column.Numbers is { } numbers && column.Count > 1 && numbers.Min == numbers.Max && column.Type == ColumnType.Number))
            yield return $"Column '{column.Name}' has the same value in every row.";
    }
}
