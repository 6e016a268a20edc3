using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Tests.Keys;

/// <summary>A blob as whoever owns the storage account sees it: ciphertext and metadata, to be read, changed and put back.</summary>
internal sealed record StoredBlob(byte[] Content, IDictionary<string, string> Metadata)
{
    public const string Encryption = "encryptiondata";

    public static async Task<StoredBlob> TakeAsync(PipelineHost host, string path)
    {
        var blob = Client(host, path);
        var content = (await blob.DownloadContentAsync()).Value;
        return new StoredBlob(content.Content.ToArray(), content.Details.Metadata);
    }

    public async Task PutAsync(PipelineHost host, string path) =>
        await Client(host, path).UploadAsync(BinaryData.FromBytes(Content), new BlobUploadOptions { Metadata = Metadata });

    public StoredBlob WithByteFlipped(int at, byte mask)
    {
        var content = (byte[])Content.Clone();
        content[at] ^= mask;
        return this with { Content = content };
    }

    public StoredBlob WithMetadata(Func<string, string?> change)
    {
        var metadata = new Dictionary<string, string>(Metadata, StringComparer.OrdinalIgnoreCase);
        if (change(metadata[Encryption]) is { } text) metadata[Encryption] = text;
        else metadata.Remove(Encryption);
        return this with { Metadata = metadata };
    }

    private static BlobClient Client(PipelineHost host, string path) => host.Storage.Container(StorageLayout.VaultContainer).GetBlobClient(path);
}
