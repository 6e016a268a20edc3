using AIaaS.Testing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

/// <summary>The conformance suites, run on the local edition with Azurite.</summary>
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
