using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Tensors;

/// <summary>Makes rows of arrays: each array of images or vectors with the labels that have as many rows.</summary>
internal static class TensorDataset
{
    public const string LabelColumn = "label";

    /// <param name="format">For the report.</param>
    /// <param name="tensors">All arrays of the drop.</param>
    /// <param name="labelsMayLack">Whether arrays without labels are a whole dataset (NPZ), or wait for them (single files).</param>
    /// <exception cref="PipelineException">DatasetIncomplete, DatasetMalformed.</exception>
    public static DatasetSource Build(string format, IReadOnlyList<TensorFile> tensors, bool labelsMayLack)
    {
        var inputs = tensors.Where(tensor => !tensor.IsLabels).ToList();
        var labels = tensors.Where(tensor => tensor.IsLabels).ToList();
        if (inputs.Count == 0) throw Incomplete($"{labels[0].Name} holds labels; the images or vectors they belong to have not been dropped.");
        var first = inputs[0];
        foreach (var other in inputs.Skip(1).Where(other => other.IsImages != first.IsImages || !other.RowShape.SequenceEqual(first.RowShape)))
        {
            throw new PipelineException(ProblemCodes.DatasetMalformed,
                $"{other.Name} holds rows of shape [{string.Join(", ", other.RowShape)}], {first.Name} of [{string.Join(", ", first.RowShape)}]; they must be equal.");
        }
        var unlabelled = labels.Count == 0 && labelsMayLack;
        var pairs = inputs.Select(input => (Input: input, Labels: unlabelled ? null : Pair(input, labels))).ToList();
        if (labels.Count > 0) throw Incomplete($"{labels[0].Name} has {labels[0].Rows} labels; no images or vectors with as many rows have been dropped.");

        var hasSplit = pairs.Count > 1 && pairs.All(pair => SplitName.OfName(pair.Input.Name) is not null);
        var columns = new List<SourceColumn> { new(first.IsImages ? "image" : "x", first.RowShape, first.IsImages) };
        if (!unlabelled) columns.Add(new SourceColumn(LabelColumn));
        var parts = pairs
            .Select(pair => (pair.Input, pair.Labels, Split: hasSplit ? SplitName.OfName(pair.Input.Name) : null))
            .OrderBy(pair => pair.Split)
            .Select(pair => new SourcePart(pair.Input.File, async (headersOnly, ct) => await TensorRowReader.OpenAsync(pair.Input, pair.Labels, pair.Split, headersOnly, ct)));
        return new DatasetSource(format, columns, [.. parts], LastColumnIsLabel: !unlabelled)
        {
            Splits = hasSplit ? pairs.Select(pair => SplitName.OfName(pair.Input.Name)!.Value).ToHashSet() : [],
        };
    }

    /// <summary>Takes the labels with as many rows; where several have, those of the same part or the most alike name.</summary>
    private static TensorFile Pair(TensorFile input, List<TensorFile> labels)
    {
        var found = labels.Where(candidate => candidate.Rows == input.Rows)
            .OrderByDescending(candidate => SplitName.OfName(candidate.Name) == SplitName.OfName(input.Name))
            .ThenByDescending(candidate => candidate.Name.AsSpan().CommonPrefixLength(input.Name))
            .FirstOrDefault() ?? throw Incomplete($"{input.Name} has {input.Rows} rows; labels with as many have not been dropped.");
        labels.Remove(found);
        return found;
    }

    private static PipelineException Incomplete(string detail) => new(ProblemCodes.DatasetIncomplete, detail);
}
