using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs.Specialized;

namespace AIaaS.Pipeline.Batch;

/// <summary>Where the results of a dropped file go, in the results container.</summary>
/// <param name="Predictions">"{model}/{file}.jsonl".</param>
/// <param name="Rejects">"{model}/{file}.errors.jsonl": line and reason of every row that was left out.</param>
/// <param name="Failure">"{model}/{file}.error.json": why the whole file failed.</param>
internal sealed record BatchResult(string Predictions, string Rejects, string Failure)
{
    public static BatchResult Of(string drop) => new($"{drop}.jsonl", $"{drop}.errors.jsonl", $"{drop}.error.json");

    public static BlockBlobClient Blob(StorageAccount storage, string path) => storage.Container(StorageLayout.ResultsContainer).GetBlockBlobClient(path);

    /// <summary>Removes what an earlier drop of the same name left.</summary>
    public static async Task ForgetAsync(StorageAccount storage, string path, CancellationToken cancellationToken) =>
        await storage.Container(StorageLayout.ResultsContainer).DeleteBlobIfExistsAsync(path, cancellationToken: cancellationToken);
}
