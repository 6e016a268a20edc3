#nullable disable // The real package's public surface is nullable-oblivious.
using System.Runtime.CompilerServices;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives from one queue or its dead-letter queue, and settles what it received. Thread-safe.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    private static readonly TimeSpan s_defaultWait = TimeSpan.FromMinutes(1);
    private readonly ServiceBusClient _client;
    private readonly EntityName _entity;
    private readonly Reception _reception;
    private readonly Settlement _settlement;
    private long _peekedUpTo;
    private volatile bool _isClosed;

    internal ServiceBusReceiver(ServiceBusClient client, EntityName entity, ServiceBusReceiveMode mode, string identifier)
    {
        _client = client;
        _entity = entity;
        ReceiveMode = mode;
        Identifier = identifier ?? $"{entity.Path}-{Guid.NewGuid():N}";
        var dispatch = new Dispatch(client.Broker);
        _reception = new Reception(client.Broker, dispatch, entity);
        _settlement = new Settlement(client.Broker, dispatch, entity);
    }

    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    public virtual string EntityPath => _entity.Path;

    public virtual string Identifier { get; }

    public virtual ServiceBusReceiveMode ReceiveMode { get; }

    public virtual bool IsClosed => _isClosed || _client.IsClosed;

    /// <param name="maxWaitTime">How long to wait for a message; a minute by default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if there was none.</returns>
    /// <exception cref="ServiceBusException">The storage cannot be reached or refused; see its reason.</exception>
    public virtual async Task<ServiceBusReceivedMessage> ReceiveMessageAsync(TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
        await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken) is [var message] ? message : null;

    /// <summary>Waits for the first message, and returns with those that are there then: at most 32, and never more than asked for.</summary>
    /// <inheritdoc cref="ReceiveMessageAsync"/>
    /// <returns>Empty if there was none.</returns>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWaitTime ?? TimeSpan.Zero, TimeSpan.Zero, nameof(maxWaitTime));
        ThrowIfClosed();
        var taken = await _reception.ReceiveAsync(maxMessages, maxWaitTime ?? s_defaultWait, cancellationToken);
        if (ReceiveMode == ServiceBusReceiveMode.ReceiveAndDelete)
            foreach (var message in taken)
                await _settlement.CompleteAsync(message);
        return [.. taken.Select(message => ReceivedMessages.From(message, ReceiveMode == ServiceBusReceiveMode.PeekLock))];
    }

    /// <summary>Goes on until it is cancelled.</summary>
    public virtual async IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
            if (await ReceiveMessageAsync(maxWaitTime: null, cancellationToken) is { } message)
                yield return message;
    }

    /// <exception cref="ServiceBusException">MessageLockLost: it took too long, or the message was settled before; it may be delivered again.</exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        _settlement.CompleteAsync(Held(message, cancellationToken));

    /// <summary>Gives the message back at once; at the last delivery it goes to the dead-letter queue.</summary>
    /// <inheritdoc cref="CompleteMessageAsync"/>
    public virtual Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify = null, CancellationToken cancellationToken = default) =>
        _settlement.AbandonAsync(Held(message, cancellationToken), propertiesToModify);

    /// <inheritdoc cref="CompleteMessageAsync"/>
    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify = null, CancellationToken cancellationToken = default) =>
        DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason: null, deadLetterErrorDescription: null, cancellationToken);

    /// <inheritdoc cref="CompleteMessageAsync"/>
    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, string deadLetterReason, string deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        DeadLetterMessageAsync(message, propertiesToModify: null, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    /// <param name="message">A message that this process holds.</param>
    /// <param name="propertiesToModify">Application properties to set.</param>
    /// <param name="deadLetterReason">At most 4096 characters.</param>
    /// <param name="deadLetterErrorDescription">At most 4096 characters; cut where the message would not fit otherwise.</param>
    /// <param name="cancellationToken">Looked at before anything is done.</param>
    /// <inheritdoc cref="CompleteMessageAsync"/>
    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify, string deadLetterReason, string deadLetterErrorDescription = null, CancellationToken cancellationToken = default)
    {
        ThrowIfTooLong(deadLetterReason, nameof(deadLetterReason));
        ThrowIfTooLong(deadLetterErrorDescription, nameof(deadLetterErrorDescription));
        return _settlement.DeadLetterAsync(Held(message, cancellationToken), propertiesToModify, deadLetterReason, deadLetterErrorDescription);
    }

    /// <inheritdoc cref="CompleteMessageAsync"/>
    public virtual async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        message.LockedUntil = await _settlement.RenewAsync(Held(message, cancellationToken));

    /// <inheritdoc cref="PeekMessagesAsync"/>
    public virtual async Task<ServiceBusReceivedMessage> PeekMessageAsync(long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
        await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken) is [var message] ? message : null;

    /// <summary>
    /// Looks without locking, each call after where the last one ended. In this edition it sees the first 32 messages that
    /// are neither locked nor scheduled.
    /// </summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ThrowIfClosed();
        var from = fromSequenceNumber ?? Interlocked.Read(ref _peekedUpTo) + 1;
        var now = _client.Broker.Time.GetUtcNow();
        var peeked = await _client.Broker.Queue(_entity.StorageQueue).PeekAsync(cancellationToken);
        ServiceBusReceivedMessage[] messages =
        [
            .. peeked
                .Select(message => (Envelope: MessageEnvelope.TryDecode(message.MessageText), message.DequeueCount))
                .Where(message => message.Envelope is { } envelope && envelope.SequenceNumber >= from && envelope.ExpiresAt > now)
                .OrderBy(message => message.Envelope.SequenceNumber)
                .Take(maxMessages)
                .Select(message => ReceivedMessages.Peeked(message.Envelope, message.DequeueCount)),
        ];
        if (messages is [.., var last])
            Interlocked.Exchange(ref _peekedUpTo, last.SequenceNumber);
        return messages;
    }

    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _isClosed = true;
        return Task.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private static void ThrowIfTooLong(string text, string name)
    {
        if (text is { Length: > DeadLetter.MaxTextLength })
            throw new ArgumentOutOfRangeException(name, $"The text has {text.Length} characters; the limit is {DeadLetter.MaxTextLength}.");
    }

    private LockedMessage Held(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        if (ReceiveMode == ServiceBusReceiveMode.ReceiveAndDelete)
            throw new InvalidOperationException("The operation is only supported in 'PeekLock' receive mode; this receiver deleted the message when it received it.");
        return message.Held ?? throw new InvalidOperationException("The message was peeked, not received, so there is nothing to settle.");
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, this);
}
