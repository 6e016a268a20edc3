using Azure;
using Azure.Storage.Blobs;

namespace AIaaS.Pipeline.Datasets.Drop;

/// <summary>One dropped file as it was listed: everything is read on condition of this ETag.</summary>
internal sealed class DropFile(BlobClient blob, string name, ETag eTag, long length, DateTimeOffset lastModified) : IDisposable
{
    public BlobClient Blob { get; } = blob;

    /// <summary>Without the dataset's prefix.</summary>
    public string Name { get; } = name;

    public ETag ETag { get; } = eTag;

    public long Length { get; } = length;

    public DateTimeOffset LastModified { get; } = lastModified;

    /// <summary>Filled by whichever stream reads on from where the digest stands.</summary>
    public DropDigest Digest { get; } = new();

    public DropStream OpenRead() => new(this);

    /// <summary>SHA-256 of the content, reading only what no stream has read in order yet.</summary>
    public async Task<string> DigestAsync(CancellationToken cancellationToken)
    {
        if (Digest.Position < Length)
        {
            await using var rest = OpenRead();
            rest.Position = Digest.Position;
            var buffer = new byte[1 << 16];
            while (await rest.ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        return Digest.ToHex();
    }

    public void Dispose() => Digest.Dispose();
}
