namespace AIaaS.Pipeline.Datasets.Formats;

/// <summary>Reads the first bytes of a stream, as many as there are.</summary>
internal static class StreamHead
{
    public static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var head = new byte[count];
        var read = await stream.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellationToken);
        return read == count ? head : head[..read];
    }
}
