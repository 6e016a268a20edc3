using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Jsonl;

/// <summary>JSON Lines: one flat object per line. The columns are the keys of the first lines, in the order they appear.</summary>
internal sealed class JsonlFormat : IDatasetFormat
{
    /// <summary>Lines whose keys make the columns; a key that first comes later is a rejected row.</summary>
    private const int SampleLines = 1_000;

    public string Name => "jsonl";

    public async Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            await using var lines = new LineReader(file.OpenRead(), limits.MaxRecordChars);
            for (var i = 0; i < SampleLines && await lines.ReadAsync(cancellationToken); i++)
            {
                names.AddRange(JsonRow.Keys(lines.Line.Span).Where(seen.Add));
                if (names.Count > limits.MaxColumns)
                    throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{file.Name} has more than {limits.MaxColumns} keys.");
            }
        }
        if (names.Count == 0)
            throw new PipelineException(ProblemCodes.DatasetMalformed, $"{files[0].Name}: none of the first {SampleLines} lines is a JSON object with keys.");
        ColumnNames.Check(names, files[0].Name, limits);
        var parts = files.Select(file => new SourcePart(file.Name,
            (_, _) => Task.FromResult<RowReader>(new JsonlRowReader(file, names, limits))));
        return new DatasetSource(Name, [.. names.Select(name => new SourceColumn(name))], [.. parts], LastColumnIsLabel: false);
    }
}
