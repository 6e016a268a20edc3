using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace AIaaS.Pipeline.Storage;

/// <summary>The clients of the one storage account: blobs and tables. Built once, shared by everything.</summary>
public sealed record StorageAccount(BlobServiceClient Blobs, TableServiceClient Tables)
{
    public BlobContainerClient Container(string name) => Blobs.GetBlobContainerClient(name);

    public TableClient Table(string name) => Tables.GetTableClient(name);

    /// <summary>Creates what is missing; cheap when all is there. In Azure, Bicep has made them already.</summary>
    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        foreach (var container in StorageLayout.Containers)
            await Container(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        foreach (var table in StorageLayout.Tables)
            await Table(table).CreateIfNotExistsAsync(cancellationToken);
    }
}
