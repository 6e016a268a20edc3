using System.Buffers.Binary;
using System.IO.Compression;
using AIaaS.Pipeline.Datasets.Formats.Gzip;

namespace AIaaS.Pipeline.Datasets.Formats.Zip;

/// <summary>Opens the entries of a zip, one at a time, each checked for place, length and CRC while it is read.</summary>
internal sealed class ZipArchiveReader : IAsyncDisposable
{
    private const int LocalHeaderLength = 30;
    private readonly Stream _stored;
    private readonly string _name;
    private readonly InflationCounter _counter;

    private ZipArchiveReader(Stream stored, string name, IReadOnlyList<ZipEntry> entries, DatasetLimits limits)
    {
        _stored = stored;
        _name = name;
        Entries = entries;
        _counter = new InflationCounter(name, stored.Length, limits);
    }

    /// <summary>In the order they lie in the archive.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <exception cref="Problems.PipelineException">DatasetMalformed, DatasetTooLarge.</exception>
    public static async Task<ZipArchiveReader> OpenAsync(ContentFile file, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var stored = file.OpenRead();
        try
        {
            return new ZipArchiveReader(stored, file.Name, await ZipDirectory.ReadAsync(stored, file.Name, limits, cancellationToken), limits);
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }
    }

    /// <summary>The inflated bytes of an entry; the one opened before must no longer be read.</summary>
    /// <param name="entry">Of this archive.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="closeArchive">Whether the archive is closed with the entry.</param>
    public async Task<Stream> OpenEntryAsync(ZipEntry entry, CancellationToken cancellationToken, bool closeArchive = false)
    {
        _stored.Position = entry.Offset;
        var header = await StreamHead.ReadAsync(_stored, LocalHeaderLength, cancellationToken);
        if (header.Length < LocalHeaderLength || !header.AsSpan().StartsWith("PK\u0003\u0004"u8))
            throw ZipDirectory.Malformed(_name, "has a directory that does not fit its files");
        var data = entry.Offset + LocalHeaderLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        var next = NextOffset(entry);
        if (data + entry.StoredLength > next) throw ZipDirectory.Malformed(_name, "has entries that overlap");
        Stream content = new StreamSlice(_stored, data, entry.StoredLength);
        if (entry.IsDeflated) content = new DeflateStream(content, CompressionMode.Decompress);
        return new ZipEntryStream(new InflationGuard(content, _name, _counter), _name, entry, closeArchive ? _stored : null);
    }

    public ValueTask DisposeAsync() => _stored.DisposeAsync();

    private long NextOffset(ZipEntry entry)
    {
        int low = 0, high = Entries.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Entries[middle].Offset <= entry.Offset) low = middle + 1;
            else high = middle;
        }
        return low < Entries.Count ? Entries[low].Offset : _stored.Length;
    }
}
