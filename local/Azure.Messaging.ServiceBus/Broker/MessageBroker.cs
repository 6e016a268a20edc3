using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Azure.Messaging.ServiceBus;

/// <summary>The storage account behind a client: its queues, and the table that remembers duplicates and schedules.</summary>
internal sealed class MessageBroker : IAsyncDisposable
{
    private const string TableName = "servicebus";
    private readonly QueueServiceClient _queues;
    private readonly ConcurrentDictionary<string, BrokerQueue> _opened = new(StringComparer.Ordinal);
    private readonly long _sequenceSalt = RandomNumberGenerator.GetInt32(1024);
    private long _lastSequence;

    public MessageBroker(BrokerSettings settings, TimeProvider time)
    {
        Settings = settings;
        Time = time;
        var queueOptions = new QueueClientOptions();
        Limit(queueOptions.Retry);
        var tableOptions = new TableClientOptions();
        Limit(tableOptions.Retry);
        _queues = new QueueServiceClient(settings.StorageConnectionString, queueOptions);
        var table = new BrokerTable(new TableClient(settings.StorageConnectionString, TableName, tableOptions));
        Duplicates = new DuplicateLog(table, time);
        Schedule = new ScheduleLog(table);
        Sweep = new ExpiredRowSweep(table, time);
    }

    public BrokerSettings Settings { get; }

    public TimeProvider Time { get; }

    public DuplicateLog Duplicates { get; }

    public ScheduleLog Schedule { get; }

    public ExpiredRowSweep Sweep { get; }

    public string Host => _queues.Uri.Authority;

    public BrokerQueue Queue(string storageName) =>
        _opened.GetOrAdd(storageName, static (name, broker) => new BrokerQueue(name, broker._queues.GetQueueClient(name), broker.Time), this);

    /// <summary>Microseconds since 1970 and ten random bits: unique without a shared counter, and in order of sending.</summary>
    public long NextSequenceNumber()
    {
        var candidate = ((Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond * 1024) + _sequenceSalt;
        while (true)
        {
            var last = Volatile.Read(ref _lastSequence);
            var next = candidate > last ? candidate : last + 1024;
            if (Interlocked.CompareExchange(ref _lastSequence, next, last) == last)
                return next;
        }
    }

    public ValueTask DisposeAsync() => Sweep.DisposeAsync();

    // Calls that take messages are not cancelled half way (the answer, and with it the lock, would be lost), so they must end soon by themselves.
    private static void Limit(RetryOptions retry)
    {
        retry.MaxRetries = 3;
        retry.Delay = TimeSpan.FromMilliseconds(200);
        retry.MaxDelay = TimeSpan.FromSeconds(1);
        retry.NetworkTimeout = TimeSpan.FromSeconds(15);
    }
}
