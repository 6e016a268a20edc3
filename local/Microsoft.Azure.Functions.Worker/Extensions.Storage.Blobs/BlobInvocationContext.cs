using Azure.Storage.Blobs;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class BlobInvocationContext(
    FunctionDescriptor function, IServiceProvider services, BlobClient blob, IReadOnlyDictionary<string, string> parts, CancellationToken cancellationToken)
    : InvocationContext(function, services, cancellationToken)
{
    public BlobClient Blob => blob;

    public string Part(string name) => parts[name];

    protected override IReadOnlyDictionary<string, object?> BindingData()
    {
        var data = parts.ToDictionary(part => part.Key, part => (object?)part.Value, StringComparer.OrdinalIgnoreCase);
        data["BlobTrigger"] = $"{blob.BlobContainerName}/{blob.Name}";
        data["Uri"] = blob.Uri;
        return data;
    }
}
