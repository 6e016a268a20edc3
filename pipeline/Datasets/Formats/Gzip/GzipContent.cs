using System.Buffers.Binary;
using System.IO.Compression;
using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Gzip;

/// <summary>The content of a gzip file, bounded, and compared at its end with the length in the trailer: .NET takes a file that was cut off for its end.</summary>
internal sealed class GzipContent : ReadOnlyStream
{
    private const int TrailerLength = 4;
    private readonly DropFile _file;
    private readonly InflationGuard _inflated;
    private uint _length;

    public GzipContent(DropFile file, DatasetLimits limits)
    {
        _file = file;
        _inflated = new InflationGuard(
            new GZipStream(file.OpenRead(), CompressionMode.Decompress), file.Name, new InflationCounter(file.Name, file.Length, limits));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inflated.ReadAsync(buffer, cancellationToken);
        _length += (uint)read;
        if (read == 0 && !buffer.IsEmpty) await CheckLengthAsync(cancellationToken);
        return read;
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inflated.Dispose();
        base.Dispose(disposing);
    }

    private async Task CheckLengthAsync(CancellationToken cancellationToken)
    {
        await using var stored = _file.OpenRead();
        stored.Position = Math.Max(0, stored.Length - TrailerLength);
        var trailer = await StreamHead.ReadAsync(stored, TrailerLength, cancellationToken);
        if (trailer.Length == TrailerLength && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == _length) return;
        throw new PipelineException(ProblemCodes.DatasetMalformed,
            $"{_file.Name}: the gzip data is cut off, has several members, or something follows it.");
    }
}
