using System.Text.RegularExpressions;

namespace Azure.Messaging.ServiceBus;

/// <summary>A Service Bus queue, or its dead-letter queue, and the storage queue that holds its messages.</summary>
internal sealed partial record EntityName(string Queue, bool IsDeadLetter)
{
    private const string DeadLetterPath = "/$deadletterqueue";
    private const string DeadLetterSuffix = "-deadletter";

    public string Path => IsDeadLetter ? Queue + DeadLetterPath : Queue;

    public string StorageQueue => IsDeadLetter ? Queue + DeadLetterSuffix : Queue;

    public EntityName DeadLetters => this with { IsDeadLetter = true };

    /// <exception cref="ArgumentException">Storage could not hold a queue of that name.</exception>
    public static EntityName Parse(string path, SubQueue subQueue = SubQueue.None)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (subQueue == SubQueue.TransferDeadLetter)
            throw new NotSupportedException("The local edition forwards no messages, so it has no transfer dead-letter queues.");
        var isDeadLetter = path.EndsWith(DeadLetterPath, StringComparison.OrdinalIgnoreCase);
        var queue = (isDeadLetter ? path[..^DeadLetterPath.Length] : path).ToLowerInvariant();
        if (!Allowed().IsMatch(queue) || queue.Length is < 3 or > 52 || queue.EndsWith(DeadLetterSuffix, StringComparison.Ordinal))
            throw new ArgumentException(
                $"'{path}' cannot be a queue of the local edition: names have 3 to 52 letters, digits and single dashes, and do not end with '{DeadLetterSuffix}'.",
                nameof(path));
        return new EntityName(queue, isDeadLetter || subQueue == SubQueue.DeadLetter);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Allowed();
}
