using AIaaS.Testing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

/// <summary>The conformance suites, run on the local edition with Azurite.</summary>
internal static class LocalEdition
{
    public static ServiceBusClient Connect(AzuriteFixture azurite, QueueRules rules) => new(ConnectionString(azurite, rules));

    public static string ConnectionString(AzuriteFixture azurite, QueueRules rules) =>
        azurite.ConnectionString +
        $"LockSeconds={rules.LockSeconds};MaxDeliveryCount={rules.MaxDeliveryCount};DuplicateDetectionSeconds={rules.DuplicateDetectionSeconds};";
}

public sealed class LocalSendReceiveTests(AzuriteFixture azurite) : SendReceiveConformance
{
    protected override ServiceBusClient Connect(QueueRules rules) => LocalEdition.Connect(azurite, rules);
}

public sealed class LocalSettlementTests(AzuriteFixture azurite) : SettlementConformance
{
    protected override ServiceBusClient Connect(QueueRules rules) => LocalEdition.Connect(azurite, rules);
}

public sealed class LocalScheduleTests(AzuriteFixture azurite) : ScheduleConformance
{
    protected override ServiceBusClient Connect(QueueRules rules) => LocalEdition.Connect(azurite, rules);
}

public sealed class LocalDuplicateTests(AzuriteFixture azurite) : DuplicateConformance
{
    protected override ServiceBusClient Connect(QueueRules rules) => LocalEdition.Connect(azurite, rules);
}

public sealed class LocalProcessorTests(AzuriteFixture azurite) : ProcessorConformance
{
    protected override ServiceBusClient Connect(QueueRules rules) => LocalEdition.Connect(azurite, rules);
}
