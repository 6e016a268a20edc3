namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>One column of the dataset to be written.</summary>
/// <param name="Source">Index in the source's columns.</param>
/// <param name="Schema">What it will be.</param>
/// <param name="AreNumbers">A category whose values are numbers: texts are compared by the number they spell.</param>
/// <param name="Min">Smallest finite number of the first pass.</param>
/// <param name="Max">Largest finite number of the first pass.</param>
/// <param name="Distinct">Distinct values of the first pass, where known.</param>
internal sealed record ColumnPlan(int Source, ColumnSchema Schema, bool AreNumbers, double Min, double Max, long? Distinct);

/// <summary>How every row of the source becomes a row of the dataset.</summary>
/// <param name="Features">In file order.</param>
/// <param name="Label">Null when unlabelled.</param>
/// <param name="LabelWhy">How the label was chosen.</param>
/// <param name="SplitColumn">Index in the source's columns of the column that says the part; null for none.</param>
/// <param name="Warnings">Found while deciding.</param>
internal sealed record DatasetPlan(
    IReadOnlyList<ColumnPlan> Features, ColumnPlan? Label, string? LabelWhy, int? SplitColumn, IReadOnlyList<string> Warnings)
{
    public DatasetSchema Schema => new([.. Features.Select(feature => feature.Schema)], Label?.Schema);
}
