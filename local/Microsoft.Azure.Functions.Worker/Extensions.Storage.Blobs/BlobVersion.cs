namespace Microsoft.Azure.Functions.Worker;

/// <summary>One content of a blob: writing to the blob makes another.</summary>
internal readonly record struct BlobVersion(string Name, string ETag);
