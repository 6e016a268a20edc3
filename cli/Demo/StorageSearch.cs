using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs;

namespace AIaaS.Cli.Demo;

/// <summary>Reads every blob of every container as it lies there and looks for the pixels that were dropped.</summary>
/// <param name="Blobs">How many were read.</param>
/// <param name="Bytes">All of them together.</param>
/// <param name="RowsSearched">Rows of 28 pixels that were looked for, from digits all over the dataset.</param>
/// <param name="RowsInDrop">How many of them the same search finds in the files before they were dropped: it would find them.</param>
/// <param name="RowsFound">How many it finds in storage.</param>
/// <param name="Example">The first bytes of an encrypted shard.</param>
/// <param name="ExampleName">Its name.</param>
/// <param name="ExampleEntropy">Bits per byte of the shard; 8 is indistinguishable from noise.</param>
/// <param name="DropEntropy">Bits per byte of the pixels themselves.</param>
public sealed record StorageSearch(
    int Blobs, long Bytes, int RowsSearched, int RowsInDrop, int RowsFound, byte[] Example, string ExampleName, double ExampleEntropy, double DropEntropy)
{
    private const int Rows = 500;
    private const int ExampleBytes = 64;

    // A row with less ink than this could be found anywhere.
    private const int DistinctPixels = 8;

    public static async Task<StorageSearch> RunAsync(string connectionString, DigitSet dropped, CancellationToken cancellationToken)
    {
        var rows = InterestingRows(dropped);
        var found = new bool[rows.Count];
        var inDrop = rows.Count(row => dropped.Images.AsSpan().IndexOf(row) >= 0);
        var (blobs, bytes) = (0, 0L);
        var (example, exampleName) = (Array.Empty<byte>(), "");
        var service = new BlobServiceClient(connectionString);
        await foreach (var container in service.GetBlobContainersAsync(cancellationToken: cancellationToken))
        {
            var client = service.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: cancellationToken))
            {
                var content = (await client.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
                (blobs, bytes) = (blobs + 1, bytes + content.Length);
                for (var i = 0; i < rows.Count; i++) found[i] = found[i] || content.AsSpan().IndexOf(rows[i]) >= 0;
                if (container.Name == StorageLayout.VaultContainer && blob.Name.StartsWith("datasets/", StringComparison.Ordinal) && content.Length > example.Length)
                    (example, exampleName) = (content, $"{container.Name}/{blob.Name}");
            }
        }
        return new StorageSearch(
            blobs, bytes, rows.Count, inDrop, found.Count(one => one), example[..Math.Min(ExampleBytes, example.Length)], exampleName, Entropy(example), Entropy(dropped.Images));
    }

    /// <summary>Shannon entropy of the byte values, 0 to 8 bits.</summary>
    public static double Entropy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return 0;
        Span<long> counts = stackalloc long[256];
        foreach (var value in bytes) counts[value]++;
        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count == 0) continue;
            var share = (double)count / bytes.Length;
            entropy -= share * Math.Log2(share);
        }
        return entropy;
    }

    private static List<byte[]> InterestingRows(DigitSet digits)
    {
        var rows = new List<byte[]>();
        var step = Math.Max(1, digits.Count / Rows);
        for (var index = 0; index < digits.Count && rows.Count < Rows; index += step)
        {
            var image = digits.Image(index).ToArray();
            var row = image.Chunk(DigitSet.Side).MaxBy(row => row.Distinct().Count())!;
            if (row.Distinct().Count() >= DistinctPixels) rows.Add(row);
        }
        return rows;
    }
}
