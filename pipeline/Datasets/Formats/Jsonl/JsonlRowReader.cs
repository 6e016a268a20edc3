using System.IO.Hashing;
using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Formats.Jsonl;

/// <summary>The lines of one JSON Lines file. Blank lines are no rows.</summary>
internal sealed class JsonlRowReader(ContentFile file, IReadOnlyList<string> columns, DatasetLimits limits) : RowReader
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private readonly LineReader _lines = new(file.OpenRead(), limits.MaxRecordChars);
    private readonly JsonRow _row = new(columns, limits.MaxCellBytes);

    public override string Place => file.Name;

    public override Cell this[int column] => _row[column];

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadAsync(cancellationToken))
        {
            Line++;
            if (_lines.TooLong)
            {
                Fault = $"the line is longer than {limits.MaxRecordChars} bytes";
                return true;
            }
            var line = _lines.Line;
            if (Line == 1 && line.Span.StartsWith(ByteOrderMark)) line = line[ByteOrderMark.Length..];
            if (line.Span.Trim(" \t"u8).IsEmpty) continue;
            Fault = _row.Parse(line.Span);
            return true;
        }
        return false;
    }

    public override ulong Hash() => XxHash3.HashToUInt64(_lines.Line.Span);

    public override ValueTask DisposeAsync() => _lines.DisposeAsync();
}
