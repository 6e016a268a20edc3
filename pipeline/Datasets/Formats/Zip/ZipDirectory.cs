using System.Buffers.Binary;
using AIaaS.Pipeline.Datasets.Formats.Gzip;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Zip;

/// <summary>
/// Reads and checks the central directory of a zip (APPNOTE 6.3.10, zip64 included). Not System.IO.Compression: it does
/// not tell where entries lie, and entries that overlap are how small archives hold petabytes.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int MaxComment = ushort.MaxValue;
    private const int Zip64LocatorLength = 20;
    private const int Zip64EndLength = 56;
    private const int HeaderLength = 46;
    private const int LocalHeaderLength = 30;
    private const int UnixSymlink = 0xA000;

    /// <returns>The files in the order they lie in the archive; folders are left out.</returns>
    /// <exception cref="PipelineException">DatasetMalformed, DatasetTooLarge.</exception>
    public static async Task<List<ZipEntry>> ReadAsync(Stream archive, string name, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var end = await FindEndAsync(archive, name, cancellationToken);
        if (end.Entries > limits.MaxZipEntries)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{name} holds more than {limits.MaxZipEntries} files.");
        if (end.Entries > end.Length / HeaderLength || end.Offset + end.Length > archive.Length) throw Malformed(name, "declares a directory that does not fit");
        archive.Position = end.Offset;
        var entries = new List<ZipEntry>();
        var names = new ZipNames(name, limits);
        var header = new byte[HeaderLength];
        var variable = new byte[3 * ushort.MaxValue];
        for (long i = 0; i < end.Entries; i++)
        {
            await FillAsync(archive, header, name, cancellationToken);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x02014B50) throw Malformed(name, "has a damaged directory");
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
            var commentLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
            var rest = variable.AsMemory(0, nameLength + extraLength + commentLength);
            await FillAsync(archive, rest, name, cancellationToken);
            if (Entry(header, rest.Span[..nameLength], rest.Span.Slice(nameLength, extraLength), names, name) is { } entry) entries.Add(entry);
        }
        CheckPlaces(entries, name, end.Offset);
        InflationCounter.Check(name, Sum(entries), archive.Length, limits);
        return entries;
    }

    private static ZipEntry? Entry(ReadOnlySpan<byte> header, ReadOnlySpan<byte> rawName, ReadOnlySpan<byte> extra, ZipNames names, string archive)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        // The upper half of the external attributes is the Unix mode.
        if ((BinaryPrimitives.ReadUInt32LittleEndian(header[38..]) >> 16 & 0xF000) == UnixSymlink) throw Malformed(archive, "holds a symbolic link");
        var entryName = names.Check(rawName);
        if (entryName.EndsWith('/')) return null;
        if ((flags & 1) != 0) throw Malformed(archive, "is encrypted with a password");
        if (method is not (0 or 8)) throw Malformed(archive, "uses a compression other than deflate");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long stored = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        Zip64(extra, ref length, ref stored, ref offset);
        if (length < 0 || stored < 0 || offset < 0 || (method == 0 && stored != length)) throw Malformed(archive, "declares lengths that cannot be");
        return new ZipEntry(entryName, offset, stored, length, BinaryPrimitives.ReadUInt32LittleEndian(header[16..]), method == 8);
    }

    private static void Zip64(ReadOnlySpan<byte> extra, ref long length, ref long stored, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var size = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (id == 1)
            {
                var fields = extra.Slice(4, size);
                Take(ref fields, ref length);
                Take(ref fields, ref stored);
                Take(ref fields, ref offset);
                return;
            }
            extra = extra[(4 + size)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> fields, ref long value)
    {
        if (value != uint.MaxValue || fields.Length < 8) return;
        value = BinaryPrimitives.ReadInt64LittleEndian(fields);
        fields = fields[8..];
    }

    /// <summary>Entries must lie one after the other before the directory: bytes used twice are how bombs are built.</summary>
    private static void CheckPlaces(List<ZipEntry> entries, string name, long directory)
    {
        entries.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        for (var i = 0; i < entries.Count; i++)
        {
            var next = i + 1 < entries.Count ? entries[i + 1].Offset : directory;
            if (entries[i].StoredLength > next || entries[i].Offset + LocalHeaderLength > next - entries[i].StoredLength)
                throw Malformed(name, "has entries that overlap");
        }
    }

    private static long Sum(List<ZipEntry> entries)
    {
        Int128 sum = 0;
        foreach (var entry in entries) sum += entry.Length;
        return (long)Int128.Min(sum, long.MaxValue);
    }

    private static async Task<(long Entries, long Offset, long Length)> FindEndAsync(Stream archive, string name, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(archive.Length, EndLength + MaxComment)];
        var tailStart = archive.Length - tail.Length;
        archive.Position = tailStart;
        await FillAsync(archive, tail, name, cancellationToken);
        for (var i = tail.Length - EndLength; i >= 0; i--)
        {
            var end = tail.AsSpan(i);
            if (!end.StartsWith("PK\u0005\u0006"u8) || i + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != tail.Length) continue;
            if (BinaryPrimitives.ReadUInt16LittleEndian(end[4..]) is not (0 or ushort.MaxValue)) throw Malformed(name, "is one of several volumes");
            var entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            return entries == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue
                ? await FindEnd64Async(archive, tailStart + i, name, cancellationToken) ?? (entries, offset, length)
                : (entries, offset, length);
        }
        throw Malformed(name, "has no directory at its end: it is cut off, or something follows it");
    }

    private static async Task<(long Entries, long Offset, long Length)?> FindEnd64Async(Stream archive, long end, string name, CancellationToken cancellationToken)
    {
        if (end < Zip64LocatorLength) return null;
        archive.Position = end - Zip64LocatorLength;
        var locator = new byte[Zip64LocatorLength];
        await FillAsync(archive, locator, name, cancellationToken);
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8)) return null;
        var place = BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8));
        if (place < 0 || place > end - Zip64EndLength) throw Malformed(name, "has a damaged zip64 directory");
        archive.Position = place;
        var record = new byte[Zip64EndLength];
        await FillAsync(archive, record, name, cancellationToken);
        var entries = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32));
        var length = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40));
        var offset = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
        if (!record.AsSpan().StartsWith("PK\u0006\u0006"u8) || entries < 0 || length < 0 || offset < 0 || length > end || offset > end)
            throw Malformed(name, "has a damaged zip64 directory");
        return (entries, offset, length);
    }

    private static async Task FillAsync(Stream stream, Memory<byte> buffer, string name, CancellationToken cancellationToken)
    {
        if (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) < buffer.Length)
            throw Malformed(name, "is cut off");
    }

    internal static PipelineException Malformed(string name, string what) => new(ProblemCodes.DatasetMalformed, $"{name} {what}.");
}
