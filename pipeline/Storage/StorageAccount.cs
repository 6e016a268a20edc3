using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace AIaaS.Pipeline.Storage;

/// <summary>The clients of the one storage account: blobs and tables. Built once, shared by everything.</summary>
public sealed record StorageAccount(BlobServiceClient Blobs, TableServiceClient Tables)
{
    public const string Setting = "AzureWebJobsStorage";

    /// <summary>From the setting "AzureWebJobsStorage": a connection string, or "AzureWebJobsStorage:accountName" with the service's identity.</summary>
    /// <exception cref="InvalidOperationException">Neither is set, or the connection string cannot be read.</exception>
    public static StorageAccount From(IConfiguration configuration, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var blobs = Bounded(new BlobClientOptions());
        var tables = Bounded(new TableClientOptions());
        if (configuration[Setting] is { Length: > 0 } connection)
        {
            try
            {
                return new StorageAccount(new BlobServiceClient(connection, blobs), new TableServiceClient(connection, tables));
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
            {
                throw new InvalidOperationException($"The setting {Setting} is not a storage connection string with blob, queue and table endpoints.", exception);
            }
        }
        if (configuration[Setting + ":accountName"] is not { Length: > 0 } account)
            throw new InvalidOperationException($"Set {Setting} to a storage connection string, or {Setting}__accountName to the name of the account.");
        return new StorageAccount(
            new BlobServiceClient(Endpoint(configuration, "blob", account), credential, blobs),
            new TableServiceClient(Endpoint(configuration, "table", account), credential, tables));
    }

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

    private static Uri Endpoint(IConfiguration configuration, string service, string account) =>
        new(configuration[$"{Setting}:{service}ServiceUri"] ?? $"https://{account}.{service}.core.windows.net");

    // 0.5, 1, 2, 4 and 8 s: some 15 s of trying, then the caller's queue takes over.
    private static T Bounded<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 5;
        options.Retry.Delay = TimeSpan.FromSeconds(0.5);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(8);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(100);
        return options;
    }
}
