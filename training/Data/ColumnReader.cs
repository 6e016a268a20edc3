using AIaaS.Pipeline.Datasets;
using Apache.Arrow;

namespace AIaaS.Training.Data;

/// <summary>Copies chosen rows out of an Arrow column.</summary>
internal static class ColumnReader
{
    public static RawColumn Read(ColumnSchema schema, IArrowArray column, int[] rows) => schema.Type switch
    {
        ColumnType.Number => Numbers((DoubleArray)column, rows),
        ColumnType.Category => Categories((Int32Array)column, rows),
        ColumnType.Image => Images((Apache.Arrow.Arrays.FixedSizeBinaryArray)column, rows),
        ColumnType.Vector => Vectors((FixedSizeListArray)column, rows, schema.Shape[0]),
        _ => throw new NotSupportedException($"Columns of type {schema.Type} are no features."),
    };

    private static NumberValues Numbers(DoubleArray column, int[] rows) =>
        new([.. rows.Select(row => column.GetValue(row) ?? double.NaN)]);

    private static CategoryValues Categories(Int32Array column, int[] rows) =>
        new([.. rows.Select(row => column.GetValue(row) ?? -1)]);

    private static ImageValues Images(Apache.Arrow.Arrays.FixedSizeBinaryArray column, int[] rows)
    {
        var length = ((Apache.Arrow.Types.FixedSizeBinaryType)column.Data.DataType).ByteWidth;
        var values = new byte[checked(rows.Length * length)];
        for (var i = 0; i < rows.Length; i++) column.GetBytes(rows[i]).CopyTo(values.AsSpan(i * length));
        return new ImageValues(values, length);
    }

    private static VectorValues Vectors(FixedSizeListArray column, int[] rows, int length)
    {
        var all = ((FloatArray)column.Values).Values;
        var values = new float[checked(rows.Length * length)];
        for (var i = 0; i < rows.Length; i++)
            all.Slice((column.Offset + rows[i]) * length, length).CopyTo(values.AsSpan(i * length, length));
        return new VectorValues(values, length);
    }
}
