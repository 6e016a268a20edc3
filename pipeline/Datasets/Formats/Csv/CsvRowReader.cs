using System.IO.Hashing;
using System.Runtime.InteropServices;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;
using Sylvan.Data.Csv;

namespace AIaaS.Pipeline.Datasets.Formats.Csv;

/// <summary>The records of one CSV file. Blank lines are no rows; cells are read in place.</summary>
internal sealed class CsvRowReader : RowReader
{
    private readonly ContentFile _file;
    private readonly CsvDataReader _csv;
    private readonly int[] _order;
    private readonly DatasetLimits _limits;
    private long _nextLine = 1;

    private CsvRowReader(ContentFile file, CsvDataReader csv, int[] order, DatasetLimits limits)
    {
        _file = file;
        _csv = csv;
        _order = order;
        _limits = limits;
    }

    public override string Place => _file.Name;

    public override Cell this[int column] => Cell.OfUntyped(_csv.GetFieldSpan(_order[column]));

    /// <param name="file">UTF-8 text.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="order">For each column of the dataset its place in this file.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<RowReader> OpenAsync(
        ContentFile file, CsvDialect dialect, int[] order, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var csv = await CsvDataReader.CreateAsync(CsvText.Open(file.OpenRead()), dialect.ToOptions(limits), cancellationToken);
        var reader = new CsvRowReader(file, csv, order, limits);
        if (dialect.HasHeader) await reader.ReadAsync(cancellationToken);
        return reader;
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        do
        {
            try
            {
                if (!await _csv.ReadAsync(cancellationToken)) return false;
            }
            catch (CsvFormatException exception)
            {
                throw new PipelineException(ProblemCodes.DatasetMalformed, exception is CsvRecordTooLargeException
                    ? $"{_file.Name}:{_nextLine}: the record is longer than {_limits.MaxRecordChars} characters; is a quote not closed?"
                    : $"{_file.Name}:{_nextLine}: a quote is not closed, or text follows a closing quote (RFC 4180 doubles quotes within quotes).",
                    innerException: exception);
            }
        }
        while (IsBlank(Examine()));
        return true;
    }

    public override ulong Hash() => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(_csv.GetRawRecordSpan().TrimEnd("\r\n")));

    public override ValueTask DisposeAsync() => _csv.DisposeAsync();

    private bool IsBlank(ReadOnlySpan<char> record) => _csv.RowFieldCount == 1 && record.TrimEnd("\r\n").IsEmpty;

    private ReadOnlySpan<char> Examine()
    {
        var record = _csv.GetRawRecordSpan();
        Line = _nextLine;
        _nextLine += Math.Max(1, record.Count('\n'));
        Fault = record.ContainsAny('\0', CsvText.Undecodable) ? Undecodable(record)
            : _csv.RowFieldCount != _order.Length ? Ragged()
            : record.Length > _limits.MaxCellBytes && HasLongCell() ? $"a cell is longer than {_limits.MaxCellBytes} bytes"
            : null;
        return record;
    }

    private static string Undecodable(ReadOnlySpan<char> record) =>
        record.Contains('\0') ? "the row holds NUL bytes" : "the row is not UTF-8";

    private string Ragged() => _csv.RowFieldCount < _order.Length ? "the row has too few fields" : "the row has too many fields";

    private bool HasLongCell()
    {
        for (var i = 0; i < _order.Length; i++)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(_csv.GetFieldSpan(i)) > _limits.MaxCellBytes) return true;
        }
        return false;
    }
}
