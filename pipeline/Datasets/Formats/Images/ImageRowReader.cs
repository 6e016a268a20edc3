using System.IO.Hashing;
using AIaaS.Pipeline.Datasets.Formats.Zip;
using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Formats.Images;

/// <summary>The images of one archive, in the order they lie in it; the label is the folder.</summary>
internal sealed class ImageRowReader(ZipArchiveReader archive, ContentFile file, ImageFolder folder, ImageSize size, bool headersOnly, DatasetLimits limits)
    : RowReader
{
    private readonly byte[] _pixels = new byte[size.Bytes];
    private int _next;
    private string _class = "";
    private DatasetSplit? _split;

    public override DatasetSplit? Split => _split;

    public override string Place => file.Name;

    public override Cell this[int column] => column == 0 ? Cell.OfImage(_pixels) : Cell.OfText(_class);

    public static async Task<RowReader> OpenAsync(
        ContentFile file, ImageFolder folder, ImageSize size, bool headersOnly, DatasetLimits limits, CancellationToken cancellationToken) =>
        new ImageRowReader(await ZipArchiveReader.OpenAsync(file, limits, cancellationToken), file, folder, size, headersOnly, limits);

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (_next < archive.Entries.Count && ImageFolder.IsNoise(archive.Entries[_next].Name)) _next++;
        if (_next == archive.Entries.Count) return false;
        var entry = archive.Entries[_next++];
        Line = _next;
        if (folder.Read(entry.Name) is not { } place)
        {
            Fault = "the file does not lie in a folder of its class";
            return true;
        }
        (_class, _split) = place;
        Fault = null;
        // The first pass needs classes only; decoding twice would double the work.
        if (headersOnly) return true;
        using var codec = ImageCodec.Open(await ImageCodec.LoadAsync(archive, entry, limits, cancellationToken), limits, out var fault);
        Fault = fault ?? codec!.Decode(size, _pixels);
        return true;
    }

    public override ulong Hash() => XxHash3.HashToUInt64(_pixels) ^ XxHash3.HashToUInt64(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_class.AsSpan()));

    public override ValueTask DisposeAsync() => archive.DisposeAsync();
}
