using System.IO.Hashing;
using System.Runtime.InteropServices;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Parquet;

/// <summary>The rows of a Parquet file, a row group in memory at a time.</summary>
internal sealed class ParquetRowReader : RowReader
{
    private readonly ParquetFile _file;
    private readonly ParquetColumn[] _columns;
    private readonly HashSet<string> _names;
    private readonly DatasetLimits _limits;
    private int _nextGroup;
    private int _row = -1;
    private long _rows;
    private long _characters;

    private ParquetRowReader(ParquetFile file, ParquetColumn[] columns, HashSet<string> names, DatasetLimits limits)
    {
        _file = file;
        _columns = columns;
        _names = names;
        _limits = limits;
    }

    public override string Place => _file.Name;

    public override Cell this[int column] => _columns[column][_row];

    public static async Task<ParquetRowReader> OpenAsync(ContentFile content, IReadOnlyList<string> names, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var file = await ParquetFile.OpenAsync(content, limits, cancellationToken);
        var fields = file.Fields.ToDictionary(ParquetFormat.NameOf, StringComparer.Ordinal);
        return new ParquetRowReader(file, [.. names.Select(name => new ParquetColumn(fields[name]))], names.ToHashSet(StringComparer.Ordinal), limits);
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _row++;
        while (_row >= _rows)
        {
            if (_nextGroup == _file.RowGroups) return false;
            await LoadAsync(_nextGroup++, cancellationToken);
            _row = 0;
        }
        Line++;
        Fault = Examine();
        return true;
    }

    public override ulong Hash()
    {
        ulong hash = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            var cell = _columns[i][_row];
            var part = cell.Kind switch
            {
                CellKind.Missing => 1UL,
                CellKind.Number => BitConverter.DoubleToUInt64Bits(cell.Number),
                _ => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(cell.Text)),
            };
            hash = SplitMix64.Mix(hash ^ part);
        }
        return hash;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var column in _columns) column.Dispose();
        await _file.DisposeAsync();
    }

    private async Task LoadAsync(int index, CancellationToken cancellationToken)
    {
        var group = _file.OpenRowGroup(index);
        await RowGroupBounds.CheckAsync(_file, group.RowGroup, _names, _limits, cancellationToken);
        _rows = await ParquetFile.GuardAsync(_file.Name, async () =>
        {
            foreach (var column in _columns) await column.LoadAsync(group, cancellationToken);
            return group.RowCount;
        });
    }

    private string? Examine()
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var text = _columns[i][_row].Text;
            if (text.IsEmpty) continue;
            if (text.Length > _limits.MaxCellBytes) return $"a text is longer than {_limits.MaxCellBytes} bytes";
            if (text.Contains('\0')) return "a text holds NUL characters";
            _characters += text.Length;
        }
        // A dictionary of a few large texts can stand for any amount of them.
        if (_characters > _limits.ParquetTextFloor && _characters / _limits.MaxInflationRatio > _file.Content.Length)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{_file.Name} holds texts of more than {_limits.MaxInflationRatio} times its size.");
        return null;
    }
}
