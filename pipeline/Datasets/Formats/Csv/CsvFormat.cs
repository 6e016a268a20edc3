using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Csv;

/// <summary>CSV and TSV: RFC 4180 with ',', ';', tab or '|', UTF-8 with or without byte-order mark, with or without header.</summary>
internal sealed class CsvFormat : IDatasetFormat
{
    public string Name => "csv";

    public async Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? names = null;
        var parts = new List<SourcePart>();
        foreach (var file in files)
        {
            // The second file follows the first in having a header or not: parts of one table are written by one program.
            var dialect = await CsvDialect.DetectAsync(file, sidecar.Header, limits, cancellationToken);
            names ??= dialect.Columns;
            if (names.Count != dialect.Columns.Count || !names.All(dialect.Columns.Contains))
            {
                throw new PipelineException(ProblemCodes.DatasetMalformed,
                    $"{file.Name} has other columns ({dialect.Columns.Count}) than {files[0].Name} ({names.Count}); all files of a dataset must have the same.");
            }
            var order = names.Select(name => dialect.Columns.ToList().IndexOf(name)).ToArray();
            parts.Add(new SourcePart(file.Name, (_, ct) => CsvRowReader.OpenAsync(file, dialect, order, limits, ct)));
        }
        return new DatasetSource(Name, [.. names!.Select(name => new SourceColumn(name))], parts, LastColumnIsLabel: true);
    }
}
