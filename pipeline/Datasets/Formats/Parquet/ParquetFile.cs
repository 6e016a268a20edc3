using System.Buffers.Binary;
using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Problems;
using Azure;
using Parquet;
using Parquet.Schema;

namespace AIaaS.Pipeline.Datasets.Formats.Parquet;

/// <summary>An open Parquet file whose footer was walked with bounds before the library saw it.</summary>
internal sealed class ParquetFile : IAsyncDisposable
{
    private const int TailLength = 8;
    private readonly Stream _stream;
    private readonly ParquetReader _reader;

    private ParquetFile(string name, Stream stream, ParquetReader reader, IReadOnlyList<DataField> fields)
    {
        Fields = fields;
        Name = name;
        _stream = stream;
        _reader = reader;
    }

    public string Name { get; }

    public Stream Content => _stream;

    public IReadOnlyList<DataField> Fields { get; }

    public int RowGroups => _reader.RowGroupCount;

    /// <exception cref="PipelineException">DatasetMalformed, DatasetTooLarge.</exception>
    public static async Task<ParquetFile> OpenAsync(ContentFile file, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var stream = file.OpenRead();
        try
        {
            await CheckFooterAsync(stream, file.Name, limits, cancellationToken);
            return await GuardAsync(file.Name, async () =>
            {
                stream.Position = 0;
                var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellationToken);
                // The library builds the schema when first asked.
                return new ParquetFile(file.Name, stream, reader, reader.Schema.DataFields);
            });
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public ParquetRowGroupReader OpenRowGroup(int index) => _reader.OpenRowGroupReader(index);

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _stream.DisposeAsync();
    }

    /// <summary>Whatever a library throws at bytes that are not what they claim is one thing to the user: a damaged file.</summary>
    public static async Task<T> GuardAsync<T>(string name, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is not (PipelineException or DropReplacedException or RequestFailedException or OperationCanceledException))
        {
            throw Malformed(name, "is damaged, or uses a part of Parquet that is not read", exception);
        }
    }

    internal static PipelineException Malformed(string name, string what, Exception? inner = null) =>
        new(ProblemCodes.DatasetMalformed, $"{name} {what}.", innerException: inner);

    private static async Task CheckFooterAsync(Stream stream, string name, DatasetLimits limits, CancellationToken cancellationToken)
    {
        if (stream.Length < 4 + TailLength) throw Malformed(name, "is cut off");
        stream.Position = stream.Length - TailLength;
        var tail = await StreamHead.ReadAsync(stream, TailLength, cancellationToken);
        if (tail.AsSpan(4).SequenceEqual("PARE"u8)) throw Malformed(name, "is encrypted by Parquet itself; drop it unencrypted, it is encrypted here");
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8)) throw Malformed(name, "begins as Parquet and does not end so: it is cut off");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > stream.Length - 4 - TailLength) throw Malformed(name, "declares a footer longer than itself");
        if (length > limits.MaxFooterBytes) throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{name} has a footer of {length} bytes; the limit is {limits.MaxFooterBytes}.");
        stream.Position = stream.Length - TailLength - length;
        var footer = await StreamHead.ReadAsync(stream, (int)length, cancellationToken);
        if (!new ThriftBounds(footer).TrySkipStruct([])) throw Malformed(name, "has a damaged footer");
    }
}
