using System.Security.Cryptography;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>Takes the SHA-256 of what is read through it, synchronously: the readers of SEAL's objects are.</summary>
internal sealed class DigestStream(Stream source, CancellationToken cancellationToken) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = source.Read(buffer);
        _hash.AppendData(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what is left.</summary>
    /// <returns>How many bytes that were, and the digest of all in lower-case hex.</returns>
    public (long Left, string Digest) Finish()
    {
        Span<byte> buffer = stackalloc byte[16 * 1024];
        var left = 0L;
        while (Read(buffer) is > 0 and var count) left += count;
        return (left, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}
