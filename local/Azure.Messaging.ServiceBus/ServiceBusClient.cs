#nullable disable // The real package's public surface is nullable-oblivious.
using Azure.Core;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes senders, receivers and processors. Thread-safe; one per process is enough.</summary>
public class ServiceBusClient : IAsyncDisposable
{
    private volatile bool _isClosed;

    /// <summary>For tests that derive from the client.</summary>
    protected ServiceBusClient() { }

    /// <param name="connectionString">
    /// An Azure Storage connection string with queue and table endpoints, optionally followed by
    /// <c>LockSeconds=30;MaxDeliveryCount=10;DuplicateDetectionSeconds=600;</c>, which are the defaults.
    /// </param>
    /// <exception cref="FormatException">The text is not such a connection string; the message names the part.</exception>
    public ServiceBusClient(string connectionString) : this(connectionString, TimeProvider.System) { }

    /// <exception cref="NotSupportedException">Always: this edition knows no namespaces, only connection strings.</exception>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential) =>
        throw new NotSupportedException(
            $"The local edition of Azure.Messaging.ServiceBus cannot reach '{fullyQualifiedNamespace}'. " +
            "Set ServiceBus to a storage connection string, or build with -p:AzurePackages=true.");

    internal ServiceBusClient(string connectionString, TimeProvider time)
    {
        Broker = new MessageBroker(BrokerSettings.Parse(connectionString), time);
        Identifier = $"{Broker.Host}-{Guid.NewGuid():N}";
    }

    public virtual string FullyQualifiedNamespace => Broker.Host;

    public virtual string Identifier { get; }

    public virtual bool IsClosed => _isClosed;

    internal MessageBroker Broker { get; }

    /// <exception cref="ArgumentException">Storage could not hold a queue of that name.</exception>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName)
    {
        ThrowIfClosed();
        var entity = EntityName.Parse(queueOrTopicName);
        return entity.IsDeadLetter
            ? throw new ArgumentException("Nobody sends to a dead-letter queue: messages get there by being dead-lettered.", nameof(queueOrTopicName))
            : new ServiceBusSender(this, entity);
    }

    /// <inheritdoc cref="CreateReceiver(string, ServiceBusReceiverOptions)"/>
    public virtual ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    /// <exception cref="ArgumentException">Storage could not hold a queue of that name.</exception>
    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options)
    {
        ThrowIfClosed();
        options ??= new ServiceBusReceiverOptions();
        return new ServiceBusReceiver(this, EntityName.Parse(queueName, options.SubQueue), options.ReceiveMode, options.Identifier);
    }

    /// <inheritdoc cref="CreateReceiver(string, ServiceBusReceiverOptions)"/>
    public virtual ServiceBusProcessor CreateProcessor(string queueName) => CreateProcessor(queueName, new ServiceBusProcessorOptions());

    /// <inheritdoc cref="CreateReceiver(string, ServiceBusReceiverOptions)"/>
    public virtual ServiceBusProcessor CreateProcessor(string queueName, ServiceBusProcessorOptions options)
    {
        options ??= new ServiceBusProcessorOptions();
        var receiver = new ServiceBusReceiverOptions { ReceiveMode = options.ReceiveMode, SubQueue = options.SubQueue, Identifier = options.Identifier };
        return new ServiceBusProcessor(CreateReceiver(queueName, receiver), options, Broker);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _isClosed = true;
        if (Broker is not null)
            await Broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, this);
}
