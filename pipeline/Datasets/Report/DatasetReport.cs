namespace AIaaS.Pipeline.Datasets;

/// <summary>What ingestion found out about one version of a dataset. Holds no times, so the same drop has the same report.</summary>
/// <param name="Dataset">Name.</param>
/// <param name="Version">As in <see cref="DatasetRecord.Version"/>.</param>
/// <param name="Digest">As in <see cref="DatasetRecord.Digest"/>.</param>
/// <param name="Format">csv, jsonl, parquet, idx, numpy or images.</param>
/// <param name="Files">What was dropped, in name order.</param>
/// <param name="Rows">Accepted rows.</param>
/// <param name="Rejected">Rows that were left out, and why.</param>
/// <param name="Duplicates">Accepted rows that are equal to an earlier one.</param>
/// <param name="Label">Null when unlabelled.</param>
/// <param name="Split">Rows by part.</param>
/// <param name="Columns">Features in order, then the label.</param>
/// <param name="Warnings">Things a person should look at, such as a feature that equals the label.</param>
/// <param name="Licence">As the sidecar says.</param>
/// <param name="Description">As the sidecar says.</param>
public sealed record DatasetReport(
    string Dataset,
    string Version,
    string Digest,
    string Format,
    IReadOnlyList<ReportFile> Files,
    long Rows,
    RejectReport Rejected,
    DuplicateReport Duplicates,
    LabelReport? Label,
    SplitReport Split,
    IReadOnlyList<ColumnReport> Columns,
    IReadOnlyList<string> Warnings,
    string? Licence,
    string? Description);

/// <param name="Name">As dropped.</param>
/// <param name="Bytes">As dropped.</param>
/// <param name="Sha256">Of the content, lower-case hex.</param>
public sealed record ReportFile(string Name, long Bytes, string Sha256);

/// <param name="Rows">All rejected rows.</param>
/// <param name="Threshold">Share of rows that may be rejected.</param>
/// <param name="Reasons">By count, most first.</param>
public sealed record RejectReport(long Rows, double Threshold, IReadOnlyList<RejectReason> Reasons);

/// <param name="Reason">What was wrong; never the value.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="FirstAt">"file:line" of the first.</param>
public sealed record RejectReason(string Reason, long Rows, string FirstAt);

/// <param name="Rows">How many, or the estimate.</param>
/// <param name="Exact">False when the dataset has more rows than are compared exactly.</param>
/// <param name="ExactUpTo">Rows up to which the count is exact.</param>
public sealed record DuplicateReport(long Rows, bool Exact, long ExactUpTo);

/// <param name="Column">Name of the label column.</param>
/// <param name="Why">How it was chosen: the sidecar, its name, or its place.</param>
/// <param name="Task">classification or regression.</param>
/// <param name="Classes">In the order of the schema's categories; empty for regression.</param>
public sealed record LabelReport(string Column, string Why, string Task, IReadOnlyList<ClassReport> Classes);

public sealed record ClassReport(string Name, long Rows, long Train, long Validation, long Test);

/// <param name="How">The shares and the seed, the column, or the files.</param>
/// <param name="Train">Rows.</param>
/// <param name="Validation">Rows.</param>
/// <param name="Test">Rows.</param>
public sealed record SplitReport(string How, long Train, long Validation, long Test);

/// <param name="Name">As in the schema.</param>
/// <param name="Type">As in the schema.</param>
/// <param name="Shape">As in the schema.</param>
/// <param name="Count">Values that are there.</param>
/// <param name="Missing">Values that are not.</param>
/// <param name="Distinct">Distinct values; null when there are more than were counted, or for tensors.</param>
/// <param name="Numbers">For numbers, and over all elements of images and vectors.</param>
/// <param name="Top">The most frequent values of a category, most first, at most 10.</param>
public sealed record ColumnReport(
    string Name,
    ColumnType Type,
    IReadOnlyList<int> Shape,
    long Count,
    long Missing,
    long? Distinct,
    NumberReport? Numbers,
    IReadOnlyList<TopValue> Top);

/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Of the population.</param>
/// <param name="Histogram">Where the values lie.</param>
public sealed record NumberReport(double Min, double Max, double Mean, double StandardDeviation, HistogramReport Histogram);

/// <param name="From">Lower end of the first bin.</param>
/// <param name="To">Upper end of the last bin.</param>
/// <param name="Counts">Values in 20 bins of equal width.</param>
public sealed record HistogramReport(double From, double To, IReadOnlyList<long> Counts);

public sealed record TopValue(string Value, long Count);
