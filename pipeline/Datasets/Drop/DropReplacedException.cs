namespace AIaaS.Pipeline.Datasets.Drop;

/// <summary>A dropped file was replaced or deleted while it was read: ingestion starts again with what is there now.</summary>
internal sealed class DropReplacedException(string file, Exception? inner = null)
    : Exception($"The dropped file {file} changed while it was read.", inner)
{
    public string File { get; } = file;
}
