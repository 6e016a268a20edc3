using AIaaS.Pipeline.Problems;
using Parquet.Meta;

namespace AIaaS.Pipeline.Datasets.Formats.Parquet;

/// <summary>Walks the page headers of a row group before it is decoded: what they declare is what the library allocates.</summary>
internal static class RowGroupBounds
{
    private const int HeaderWindow = 64 << 10;
    private const int UncompressedSize = 2;
    private const int CompressedSize = 3;

    /// <summary>Bytes a value takes when decoded: a text is a slice of its page.</summary>
    private const int ValueBytes = 32;

    /// <exception cref="PipelineException">DatasetMalformed, DatasetTooLarge.</exception>
    public static async Task CheckAsync(ParquetFile file, RowGroup group, IReadOnlySet<string> columns, DatasetLimits limits, CancellationToken cancellationToken)
    {
        if (group.NumRows < 0 || group.NumRows > limits.MaxRows) throw ParquetFile.Malformed(file.Name, "declares an impossible number of rows");
        var bytes = Int128.Zero;
        foreach (var chunk in group.Columns)
        {
            if (chunk.MetaData is not { } column || !string.IsNullOrEmpty(chunk.FilePath)) throw ParquetFile.Malformed(file.Name, "keeps columns in other files");
            if (!columns.Contains(string.Join('.', column.PathInSchema))) continue;
            if (column.NumValues != group.NumRows) throw ParquetFile.Malformed(file.Name, "has columns of different lengths");
            bytes += (Int128)group.NumRows * ValueBytes + await PagesAsync(file, column, limits, cancellationToken);
            if (bytes > limits.MaxRowGroupBytes)
            {
                throw new PipelineException(ProblemCodes.DatasetTooLarge,
                    $"{file.Name} has a row group that takes more than {limits.MaxRowGroupBytes} bytes decoded; write it with smaller row groups.");
            }
        }
    }

    /// <returns>Uncompressed bytes of all pages, twice: texts become UTF-16.</returns>
    private static async Task<long> PagesAsync(ParquetFile file, ColumnMetaData column, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var start = column.DictionaryPageOffset is { } dictionary and > 0 ? Math.Min(dictionary, column.DataPageOffset) : column.DataPageOffset;
        if (start < 4 || column.TotalCompressedSize < 0 || start > file.Content.Length - column.TotalCompressedSize)
            throw ParquetFile.Malformed(file.Name, "declares pages outside of itself");
        var end = start + column.TotalCompressedSize;
        long total = 0;
        for (var position = start; position < end;)
        {
            file.Content.Position = position;
            var window = await StreamHead.ReadAsync(file.Content, (int)Math.Min(HeaderWindow, end - position), cancellationToken);
            var (header, uncompressed, compressed, values) = Header(window);
            if (header == 0 || uncompressed < 0 || compressed < 0 || values < 0 || compressed > end - position - header
                || values > Math.Max(column.NumValues, uncompressed))
            {
                throw ParquetFile.Malformed(file.Name, "has a page whose header cannot be right");
            }
            total += 2 * uncompressed;
            if (total > limits.MaxRowGroupBytes) return total;
            position += header + compressed;
        }
        return total;
    }

    private static (int Length, long Uncompressed, long Compressed, long Values) Header(ReadOnlySpan<byte> window)
    {
        var bounds = new ThriftBounds(window);
        Span<long> fields = stackalloc long[4];
        return bounds.TrySkipStruct(fields) ? (bounds.Position, fields[UncompressedSize], fields[CompressedSize], bounds.InnerFirst) : default;
    }
}
