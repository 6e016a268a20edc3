using Azure.Data.Tables;

namespace Azure.Messaging.ServiceBus;

/// <summary>What is known of one MessageId: pending while <see cref="Winner"/> is empty, sent afterwards.</summary>
internal sealed class DuplicateRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    /// <summary>Whoever sends at the moment.</summary>
    public string Claim { get; set; } = "";

    /// <summary>Until then others wait for the claim's sender; afterwards they take over.</summary>
    public DateTimeOffset ClaimedUntil { get; set; }

    /// <summary>Claims that were taken over in the same window, separated by blanks: their copies may still turn up.</summary>
    public string Superseded { get; set; } = "";

    /// <summary>The storage message that counts; every other copy is dropped.</summary>
    public string Winner { get; set; } = "";

    /// <summary>The end of the detection window.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public bool Covers(string claim) =>
        Claim.Equals(claim, StringComparison.Ordinal) || Superseded.Split(' ').Contains(claim, StringComparer.Ordinal);
}
