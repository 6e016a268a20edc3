using System.Security.Cryptography;
using System.Text;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Datasets.Drop;

/// <summary>What lies in the drop zone for one dataset, in ordinal name order.</summary>
internal sealed record DropListing(IReadOnlyList<DropFile> Files) : IDisposable
{
    /// <summary>The data, without dataset.yaml.</summary>
    public IEnumerable<DropFile> Data => Files.Where(file => file.Name != DatasetSidecar.FileName);

    public DropFile? Sidecar => Files.FirstOrDefault(file => file.Name == DatasetSidecar.FileName);

    public static async Task<DropListing> ReadAsync(StorageAccount storage, string dataset, CancellationToken cancellationToken)
    {
        var container = storage.Container(StorageLayout.DatasetsContainer);
        var prefix = dataset + "/";
        var files = new List<DropFile>();
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
        {
            var properties = blob.Properties;
            files.Add(new DropFile(container.GetBlobClient(blob.Name), blob.Name[prefix.Length..],
                properties.ETag ?? default, properties.ContentLength ?? 0, properties.LastModified ?? default));
        }
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new DropListing(files);
    }

    /// <summary>The version this drop makes: 16 hex digits of SHA-256 over its files' names and ETags.</summary>
    public string Version() => Hash(Files.Select(Mark));

    /// <summary>16 hex digits for one file as it is now; the ledger keeps them for the files it has taken.</summary>
    public static string Mark(DropFile file) => Mark(file.Name, file.ETag);

    public static string Mark(string name, ETag eTag) => Hash([name + "\n" + eTag]);

    /// <exception cref="PipelineException">InvalidName, DatasetTooLarge.</exception>
    public void Check(DatasetLimits limits)
    {
        foreach (var file in Files) DropFileName.Check(file.Name);
        if (Data.Count() > limits.MaxFiles)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"A dataset may be dropped as {limits.MaxFiles} files; put them into fewer.");
    }

    /// <summary>Those that <paramref name="keep"/> holds for.</summary>
    public DropListing Where(Func<DropFile, bool> keep) => new([.. Files.Where(keep)]);

    public void Dispose()
    {
        foreach (var file in Files) file.Dispose();
    }

    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts) hash.AppendData(Encoding.UTF8.GetBytes(part + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
