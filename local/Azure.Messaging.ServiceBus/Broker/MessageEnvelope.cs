using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message as it lies in a storage queue: JSON in ASCII, at most 64 KiB.</summary>
internal sealed record MessageEnvelope
{
    /// <summary>What storage accepts.</summary>
    public const int StorageLimit = 64 * 1024;

    /// <summary>What senders may use; the rest is for what the broker adds later (dead-letter reason, claims).</summary>
    public const int SendLimit = 60 * 1024;

    // The claim and duplicate key of the dead-letter queue, and the XML around the text.
    private const int AddedOnTheWay = 512;

    public byte[] Body { get; init; } = [];

    public string? MessageId { get; init; }

    public string? ContentType { get; init; }

    public string? CorrelationId { get; init; }

    public string? Subject { get; init; }

    public string? ReplyTo { get; init; }

    public string? To { get; init; }

    public SortedDictionary<string, ApplicationValue>? Properties { get; init; }

    public long SequenceNumber { get; init; }

    public DateTimeOffset Enqueued { get; init; }

    public DateTimeOffset? Scheduled { get; init; }

    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Added to storage's dequeue count: what a former queue counted, less what was no delivery.</summary>
    public int DeliveryOffset { get; init; }

    /// <summary>The row in the duplicate log, and the claim on it under which this copy was enqueued.</summary>
    public string? DuplicateKey { get; init; }

    public string? Claim { get; init; }

    /// <summary>The queue that the message was dead-lettered from; in that queue itself, that the move has begun.</summary>
    public string? DeadLetterSource { get; init; }

    public string? DeadLetterReason { get; init; }

    public string? DeadLetterDescription { get; init; }

    [JsonIgnore]
    public DateTimeOffset VisibleFrom => Scheduled ?? Enqueued;

    [JsonIgnore]
    public DateTimeOffset ExpiresAt =>
        TimeToLive is { } live && live < DateTimeOffset.MaxValue - VisibleFrom ? VisibleFrom + live : DateTimeOffset.MaxValue;

    public string Encode() => JsonSerializer.Serialize(this, EnvelopeJson.Default.MessageEnvelope);

    /// <returns>Null if the text is not an envelope.</returns>
    public static MessageEnvelope? TryDecode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, EnvelopeJson.Default.MessageEnvelope) is { SequenceNumber: > 0, Body: not null } envelope ? envelope : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same message on its way to the dead-letter queue; what does not fit of reason and description is cut.</summary>
    public MessageEnvelope MarkDeadLetter(string source, string? reason, string? description)
    {
        var marked = this with { DeadLetterSource = source, DeadLetterReason = reason, DeadLetterDescription = description };
        while (marked.Encode().Length > StorageLimit - AddedOnTheWay)
        {
            if (marked.DeadLetterDescription is { Length: > 0 } text)
                marked = marked with { DeadLetterDescription = text[..(text.Length / 2)] };
            else if (marked.DeadLetterReason is { Length: > 0 } name)
                marked = marked with { DeadLetterReason = name[..(name.Length / 2)] };
            else
                break;
        }
        return marked;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(MessageEnvelope))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
