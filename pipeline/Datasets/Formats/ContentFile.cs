using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Datasets.Formats.Gzip;

namespace AIaaS.Pipeline.Datasets.Formats;

/// <summary>A dropped file with what its content was found to be; gzip is taken off on the way.</summary>
internal sealed record ContentFile(DropFile File, ContentKind Kind, bool IsGzip, DatasetLimits Limits)
{
    public string Name => File.Name;

    /// <summary>The content, inflated and bounded where it is gzip.</summary>
    public Stream OpenRead() => IsGzip ? new GzipContent(File, Limits) : File.OpenRead();
}

/// <summary>What a file is, told by its bytes.</summary>
internal enum ContentKind
{
    Csv,
    Jsonl,
    Parquet,
    Idx,
    Npy,
    Zip,
}
