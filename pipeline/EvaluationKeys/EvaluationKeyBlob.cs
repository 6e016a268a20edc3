using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>The bytes of one set: a block per 4 MiB, named by its place and the size of the whole, staged in any order and committed together.</summary>
/// <remarks>The storage itself remembers which blocks have come, for a week: an upload goes on after any restart of the service.</remarks>
internal sealed class EvaluationKeyBlob(BlockBlobClient blob, long total)
{
    private const int PartBytes = EvaluationKeyLimits.PartBytes;

    private int Count => (int)((total + PartBytes - 1) / PartBytes);

    /// <summary>Bytes of the part at an index; only the last is shorter.</summary>
    public int SizeOf(int index) => (int)Math.Min(PartBytes, total - ((long)index * PartBytes));

    public Task StageAsync(int index, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        blob.StageBlockAsync(BlockId(index), BinaryData.FromBytes(content).ToStream(), cancellationToken: cancellationToken);

    /// <returns>Per part whether it has come.</returns>
    public async Task<bool[]> ReceivedAsync(CancellationToken cancellationToken)
    {
        var received = new bool[Count];
        try
        {
            BlockList list = await blob.GetBlockListAsync(BlockListTypes.All, cancellationToken: cancellationToken);
            var sizes = list.CommittedBlocks.Concat(list.UncommittedBlocks).ToLookup(block => block.Name, block => block.SizeLong, StringComparer.Ordinal);
            for (var index = 0; index < received.Length; index++) received[index] = sizes[BlockId(index)].Any(size => size == SizeOf(index));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // Nothing has come yet.
        }
        return received;
    }

    /// <summary>Makes the parts a blob. May be repeated, and called by several at once.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) =>
        blob.CommitBlockListAsync([.. Enumerable.Range(0, Count).Select(BlockId)], cancellationToken: cancellationToken);

    /// <summary>From the beginning. It may be committed again meanwhile, by another who sent the last part; whoever reads checks the digest.</summary>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken) =>
        blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: true) { BufferSize = PartBytes }, cancellationToken);

    /// <summary>Deletes the blob, and parts that were never committed.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken)) return;
        try
        {
            await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return;
        }
        // Only committing gets rid of staged parts before their week is over.
        await blob.CommitBlockListAsync([], cancellationToken: cancellationToken);
        await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>"0-4194303", one for each run of parts.</summary>
    public IReadOnlyList<string> Ranges(bool[] received)
    {
        var ranges = new List<string>();
        for (var index = 0; index < received.Length; index++)
        {
            if (!received[index]) continue;
            var first = index;
            while (index + 1 < received.Length && received[index + 1]) index++;
            ranges.Add(string.Create(CultureInfo.InvariantCulture, $"{(long)first * PartBytes}-{((long)index * PartBytes) + SizeOf(index) - 1}"));
        }
        return ranges;
    }

    // All of one length, as block ids of a blob must be.
    private string BlockId(int index) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{total:D12}-{index:D6}")));
}
