using System.Security.Cryptography;

namespace AIaaS.Pipeline.Datasets.Drop;

/// <summary>SHA-256 of a file that is read in blocks: a block counts once, when it is the next one.</summary>
internal sealed class DropDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Lock _lock = new();

    public long Position { get; private set; }

    public void Offer(long offset, ReadOnlySpan<byte> block)
    {
        lock (_lock)
        {
            if (offset != Position || block.IsEmpty) return;
            _hash.AppendData(block);
            Position += block.Length;
        }
    }

    public string ToHex()
    {
        lock (_lock) return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    public void Dispose() => _hash.Dispose();
}
