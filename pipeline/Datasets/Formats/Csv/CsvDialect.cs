using AIaaS.Pipeline.Problems;
using Sylvan.Data.Csv;

namespace AIaaS.Pipeline.Datasets.Formats.Csv;

/// <summary>How one CSV file is written, found out from its first records.</summary>
/// <param name="Delimiter">One of , ; tab |.</param>
/// <param name="HasHeader">Whether the first record names the columns.</param>
/// <param name="Columns">Names: the header's, or c0, c1, …</param>
internal sealed record CsvDialect(char Delimiter, bool HasHeader, IReadOnlyList<string> Columns)
{
    private const int SampleRecords = 200;
    private const int SampleChars = 256 << 10;
    private const string Candidates = ",;\t|";

    /// <exception cref="PipelineException">DatasetEmpty, DatasetMalformed, DatasetTooLarge.</exception>
    public static async Task<CsvDialect> DetectAsync(ContentFile file, bool? header, DatasetLimits limits, CancellationToken cancellationToken)
    {
        // One record may be as long as a record may be; the sample grows only until it holds one.
        var sample = await SampleAsync(file, limits.MaxRecordChars, cancellationToken);
        var best = Candidates
            .Select(delimiter => (Delimiter: delimiter, Records: Records(sample, delimiter, limits)))
            .MaxBy(candidate => Score(candidate.Records));
        var records = best.Records;
        if (records.Count == 0) throw Unreadable(file.Name, sample, best.Delimiter, limits);
        if (records[0].Length > limits.MaxColumns)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{file.Name} has {records[0].Length} columns; the limit is {limits.MaxColumns}.");
        var hasHeader = header ?? CsvHeader.IsHeader(records);
        var columns = hasHeader
            ? CsvHeader.Names(records[0], file.Name, limits)
            : [.. Enumerable.Range(0, Width(records)).Select(i => "c" + i)];
        return new CsvDialect(best.Delimiter, hasHeader, columns);
    }

    public CsvDataReaderOptions ToOptions(DatasetLimits limits) => Options(Delimiter, limits);

    private static CsvDataReaderOptions Options(char delimiter, DatasetLimits limits) => new()
    {
        Delimiter = delimiter,
        HasHeaders = false,
        Comment = '\0',
        ResultSetMode = ResultSetMode.SingleResult,
        BufferSize = Math.Min(1 << 16, limits.MaxRecordChars),
        MaxBufferSize = limits.MaxRecordChars,
    };

    private static async Task<string> SampleAsync(ContentFile file, int maxChars, CancellationToken cancellationToken)
    {
        using var reader = CsvText.Open(file.OpenRead());
        var buffer = new char[SampleChars];
        var length = 0;
        while (true)
        {
            var read = await reader.ReadBlockAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            var ended = length < buffer.Length;
            if (ended || buffer.AsSpan(0, length).ContainsAny('\n', '\r') || length >= maxChars) return new string(buffer, 0, length);
            Array.Resize(ref buffer, Math.Min(maxChars, buffer.Length * 4));
        }
    }

    /// <summary>Whole records of the sample; a record that its end may have cut is left out when there are others.</summary>
    private static List<string[]> Records(string sample, char delimiter, DatasetLimits limits)
    {
        var records = new List<string[]>();
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(sample), Options(delimiter, limits));
            while (records.Count < SampleRecords && csv.Read())
            {
                if (csv.RowFieldCount == 1 && csv.GetFieldSpan(0).IsEmpty) continue;
                var fields = new string[csv.RowFieldCount];
                for (var i = 0; i < fields.Length; i++)
                    fields[i] = csv.GetFieldSpan(i) is { Length: < 1024 } field ? field.ToString() : csv.GetFieldSpan(i)[..1024].ToString();
                records.Add(fields);
            }
        }
        catch (CsvFormatException)
        {
            // What was read before the fault tells enough; reading the file will meet the fault again and report it.
        }
        if (sample.Length >= SampleChars && records.Count is > 1 and < SampleRecords) records.RemoveAt(records.Count - 1);
        return records;
    }

    /// <summary>Share of records as wide as most; one column is what any text has, so it counts least.</summary>
    private static double Score(List<string[]> records)
    {
        if (records.Count == 0) return -1;
        var width = Width(records);
        var share = records.Count(record => record.Length == width) / (double)records.Count;
        return width == 1 ? 0 : share + Math.Min(width, 100) * 1e-4;
    }

    private static int Width(List<string[]> records) => records.CountBy(record => record.Length).MaxBy(width => width.Value).Key;

    private static PipelineException Unreadable(string name, string sample, char delimiter, DatasetLimits limits)
    {
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(sample), Options(delimiter, limits));
            csv.Read();
        }
        catch (CsvFormatException)
        {
            return new PipelineException(ProblemCodes.DatasetMalformed,
                $"{name}:1: the first record has a fault in its quotes or is longer than {limits.MaxRecordChars} characters.");
        }
        return new PipelineException(ProblemCodes.DatasetEmpty, $"{name} holds no record.");
    }
}
