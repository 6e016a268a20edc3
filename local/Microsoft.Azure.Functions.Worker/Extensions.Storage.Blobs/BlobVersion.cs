using Azure;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>One content of a blob: writing to the blob makes another.</summary>
internal readonly record struct BlobVersion(string Name, string ETag)
{
    /// <summary>Storage writes ETags with quotes in headers and without in listings.</summary>
    public static BlobVersion Of(string name, ETag etag) => new(name, etag.ToString().Trim('"'));
}
