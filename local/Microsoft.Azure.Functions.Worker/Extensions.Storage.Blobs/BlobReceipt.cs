using System.Globalization;
using Azure.Storage.Blobs;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The receipt of one version of a blob, held by this process.</summary>
internal sealed class BlobReceipt(BlobClient blob, HeldLease lease, IDictionary<string, string> metadata) : IAsyncDisposable
{
    private const string NameKey = "blob";
    private const string ETagKey = "etag";
    private const string AttemptsKey = "attempts";
    private const string DoneKey = "done";

    public bool Done => IsDone(metadata);

    /// <summary>Attempts begun so far.</summary>
    public int Attempts { get; private set; } = int.Parse(metadata[AttemptsKey], CultureInfo.InvariantCulture);

    /// <summary>Cancelled when another process may have taken over.</summary>
    public CancellationToken Lost => lease.Lost;

    public static Dictionary<string, string> New(BlobVersion version) => new(StringComparer.Ordinal)
    {
        // Metadata are ASCII; blob names are not.
        [NameKey] = Uri.EscapeDataString(version.Name),
        [ETagKey] = version.ETag,
        [AttemptsKey] = "0",
    };

    public static bool IsDone(IDictionary<string, string> metadata) => metadata.ContainsKey(DoneKey);

    public static BlobVersion? Version(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(NameKey, out var name) && metadata.TryGetValue(ETagKey, out var etag)
            ? new BlobVersion(Uri.UnescapeDataString(name), etag)
            : null;

    public Task SetAttemptsAsync(int attempts, CancellationToken cancellationToken)
    {
        Attempts = attempts;
        metadata[AttemptsKey] = attempts.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(cancellationToken);
    }

    /// <summary>Refused by storage when another process has taken over: it will finish the work itself.</summary>
    public Task SetDoneAsync(CancellationToken cancellationToken)
    {
        metadata[DoneKey] = "true";
        return WriteAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();

    private async Task WriteAsync(CancellationToken cancellationToken) => await blob.SetMetadataAsync(metadata, lease.Held, cancellationToken);
}
