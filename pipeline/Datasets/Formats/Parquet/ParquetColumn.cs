using AIaaS.Pipeline.Datasets.Rows;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace AIaaS.Pipeline.Datasets.Formats.Parquet;

/// <summary>One column of the row group under way, decoded. Equal texts of a dictionary share their characters.</summary>
internal sealed class ParquetColumn(DataField field) : IDisposable
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    private RawColumnData? _raw;
    private ReadOnlyMemory<char>[] _texts = [];
    private double[] _numbers = [];
    private bool[] _isThere = [];

    public DataField Field { get; } = field;

    public static bool CanRead(DataField field) => field.MaxRepetitionLevel == 0 && (field.ClrType == typeof(ReadOnlyMemory<char>)
        || field.ClrType == typeof(string) || field.ClrType == typeof(bool) || IsNumber(field.ClrType));

    public async Task LoadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        Dispose();
        _raw = await group.ReadRawColumnDataBaseAsync(Field, cancellationToken);
        var rows = checked((int)group.RowCount);
        _isThere = Presence(rows);
        (_texts, _numbers) = _raw switch
        {
            RawColumnData<ReadOnlyMemory<char>> texts => (Spread<ReadOnlyMemory<char>, ReadOnlyMemory<char>>(texts.Values, value => value), []),
            RawColumnData<bool> flags => (Spread<bool, ReadOnlyMemory<char>>(flags.Values, value => (value ? "true" : "false").AsMemory()), []),
            RawColumnData<double> n => ([], Spread(n.Values, value => value)),
            RawColumnData<float> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<sbyte> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<byte> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<short> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<ushort> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<int> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<uint> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<long> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<ulong> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<decimal> n => ([], Spread(n.Values, value => (double)value)),
            RawColumnData<DateTime> n => ([], Spread(n.Values, value => (value - Epoch).TotalSeconds)),
            RawColumnData<DateOnly> n => ([], Spread(n.Values, value => (value.ToDateTime(default) - Epoch).TotalSeconds)),
            RawColumnData<TimeSpan> n => ([], Spread(n.Values, value => value.TotalSeconds)),
            _ => (System.Array.Empty<ReadOnlyMemory<char>>(), System.Array.Empty<double>()),
        };
        if (_texts.Length + _numbers.Length < rows) throw new InvalidDataException("A column has no values of a type that is read.");
    }

    public Cell this[int row] => !_isThere[row] ? Cell.Missing
        : _numbers.Length > 0 ? Cell.OfNumber(_numbers[row])
        : Cell.OfText(_texts[row].Span);

    public void Dispose()
    {
        _raw?.Dispose();
        _raw = null;
    }

    private static bool IsNumber(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(sbyte) || type == typeof(byte)
        || type == typeof(short) || type == typeof(ushort) || type == typeof(int) || type == typeof(uint) || type == typeof(long) || type == typeof(ulong)
        || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeSpan);

    private bool[] Presence(int rows)
    {
        var isThere = new bool[rows];
        if (Field.MaxDefinitionLevel == 0)
        {
            isThere.AsSpan().Fill(true);
            return isThere;
        }
        var levels = _raw!.DefinitionLevels;
        if (levels.Length < rows) throw new InvalidDataException("A column has fewer values than rows.");
        for (var i = 0; i < rows; i++) isThere[i] = levels[i] == Field.MaxDefinitionLevel;
        return isThere;
    }

    /// <summary>The file holds only values that are there, one after the other; here each goes to its row.</summary>
    private TTarget[] Spread<T, TTarget>(ReadOnlySpan<T> values, Func<T, TTarget> convert)
    {
        var spread = new TTarget[_isThere.Length];
        var next = 0;
        for (var row = 0; row < spread.Length; row++)
        {
            if (_isThere[row]) spread[row] = convert(values[next++]);
        }
        return spread;
    }
}
