#nullable disable // The real package's public surface is nullable-oblivious.
using Azure.Core;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes senders, receivers and processors. Thread-safe; one per process is enough.</summary>
public class ServiceBusClient : IAsyncDisposable
{
    /// <summary>For tests that derive from the client.</summary>
    protected ServiceBusClient() { }

    /// <param name="connectionString">
    /// An Azure Storage connection string with queue and table endpoints, optionally followed by
    /// <c>LockSeconds=30;MaxDeliveryCount=10;DuplicateDetectionSeconds=600;</c>.
    /// </param>
    /// <exception cref="FormatException">The text is not such a connection string; the message names the part.</exception>
    public ServiceBusClient(string connectionString) => throw new NotImplementedException(connectionString);

    /// <exception cref="NotSupportedException">Always: this edition knows no namespaces, only connection strings.</exception>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential) =>
        throw new NotSupportedException(
            $"The local edition of Azure.Messaging.ServiceBus cannot reach '{fullyQualifiedNamespace}'. " +
            "Set ServiceBus to a storage connection string, or build with -p:AzurePackages=true.");

    public virtual string FullyQualifiedNamespace => throw new NotImplementedException();

    public virtual string Identifier => throw new NotImplementedException();

    public virtual bool IsClosed => throw new NotImplementedException();

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => throw new NotImplementedException();

    public virtual ServiceBusReceiver CreateReceiver(string queueName) => throw new NotImplementedException();

    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) => throw new NotImplementedException();

    public virtual ServiceBusProcessor CreateProcessor(string queueName) => throw new NotImplementedException();

    public virtual ServiceBusProcessor CreateProcessor(string queueName, ServiceBusProcessorOptions options) => throw new NotImplementedException();

    public virtual ValueTask DisposeAsync() => throw new NotImplementedException();
}
