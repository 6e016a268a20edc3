using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Storage clients by the name of their connection setting.</summary>
internal sealed class StorageConnections(IConfiguration configuration)
{
    /// <summary>Where Functions keeps receipts, locks and timer state.</summary>
    private const string HostContainer = "azure-webjobs-hosts";

    // Functions writes its queue messages in base64.
    private static readonly QueueClientOptions QueueOptions = new() { MessageEncoding = QueueMessageEncoding.Base64 };

    public BlobContainerClient HostState { get => field ??= Blobs(ConnectionSettings.Storage).GetBlobContainerClient(HostContainer); }

    public BlobServiceClient Blobs(string name)
    {
        var section = Section(name);
        return section.Value is { Length: > 0 } text
            ? Parse(name, () => new BlobServiceClient(text))
            : new BlobServiceClient(Endpoint(section, name, "blob"), new DefaultAzureCredential());
    }

    public QueueServiceClient Queues(string name)
    {
        var section = Section(name);
        return section.Value is { Length: > 0 } text
            ? Parse(name, () => new QueueServiceClient(text, QueueOptions))
            : new QueueServiceClient(Endpoint(section, name, "queue"), new DefaultAzureCredential(), QueueOptions);
    }

    private IConfigurationSection Section(string name) => ConnectionSettings.Find(configuration, name, "accountName");

    private static Uri Endpoint(IConfigurationSection section, string name, string service)
    {
        var text = section[$"{service}ServiceUri"]
            ?? (section["accountName"] is { Length: > 0 } account ? $"https://{account}.{service}.core.windows.net" : null);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? uri
            : throw new FunctionsStartupException($"connection setting '{name}' has neither a connection string nor {name}__accountName nor a valid {name}__{service}ServiceUri.");
    }

    private static T Parse<T>(string name, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // The text is a secret: it is not quoted, nor is the exception that may quote it.
            throw new FunctionsStartupException($"connection setting '{name}' is no storage connection string.");
        }
    }
}
