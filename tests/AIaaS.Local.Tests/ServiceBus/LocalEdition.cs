using AIaaS.Testing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

internal static class LocalEdition
{
    public static ServiceBusClient Connect(AzuriteFixture azurite, QueueRules rules) => new(ConnectionString(azurite, rules));

    public static string ConnectionString(AzuriteFixture azurite, QueueRules rules) =>
        azurite.ConnectionString +
        $"LockSeconds={rules.LockSeconds};MaxDeliveryCount={rules.MaxDeliveryCount};DuplicateDetectionSeconds={rules.DuplicateDetectionSeconds};";
}
