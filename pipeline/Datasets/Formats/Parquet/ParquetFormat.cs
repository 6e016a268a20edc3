using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;
using Parquet.Schema;

namespace AIaaS.Pipeline.Datasets.Formats.Parquet;

/// <summary>Parquet files with flat columns: numbers, texts, booleans (as true and false), times (as seconds since 1970).</summary>
internal sealed class ParquetFormat : IDatasetFormat
{
    public string Name => "parquet";

    public async Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? names = null;
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        var parts = new List<SourcePart>();
        foreach (var file in files)
        {
            await using var parquet = await ParquetFile.OpenAsync(file, limits, cancellationToken);
            var fields = parquet.Fields.Where(field => sidecar.Types.GetValueOrDefault(NameOf(field)) != SidecarType.Ignore).ToList();
            foreach (var field in fields.Where(field => !ParquetColumn.CanRead(field)))
            {
                throw new PipelineException(ProblemCodes.DatasetMalformed,
                    $"{file.Name}: column '{NameOf(field)}' holds lists or binary data, which are not read; leave it out with 'types: {{{NameOf(field)}: ignore}}' in {DatasetSidecar.FileName}.");
            }
            leftOut.UnionWith(parquet.Fields.Select(NameOf).Except(fields.Select(NameOf), StringComparer.Ordinal));
            names ??= ColumnNames.Check([.. fields.Select(NameOf)], file.Name, limits);
            if (!names.ToHashSet(StringComparer.Ordinal).SetEquals(fields.Select(NameOf)))
                throw new PipelineException(ProblemCodes.DatasetMalformed, $"{file.Name} has other columns than {files[0].Name}; all files of a dataset must have the same.");
            parts.Add(new SourcePart(file.Name, async (_, ct) => await ParquetRowReader.OpenAsync(file, names, limits, ct)));
        }
        if (names!.Count == 0) throw new PipelineException(ProblemCodes.DatasetEmpty, $"{files[0].Name} has no columns.");
        return new DatasetSource(Name, [.. names.Select(name => new SourceColumn(name))], parts, LastColumnIsLabel: false) { LeftOut = leftOut };
    }

    public static string NameOf(DataField field) => string.Join('.', field.Path.ToList());
}
