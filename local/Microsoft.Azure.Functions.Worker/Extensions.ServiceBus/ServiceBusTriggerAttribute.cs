using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each message of a queue.</summary>
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    /// <summary>Name of the setting with the connection string, or the start of <c>NAME__fullyQualifiedNamespace</c>; null: <c>AzureWebJobsServiceBus</c>.</summary>
    public string? Connection { get; set; }

    public string? QueueName { get; } = queueName;

    /// <summary>Whether a message is completed when the function returns; where not given, host.json's <c>extensions.serviceBus.autoCompleteMessages</c> decides.</summary>
    public bool AutoCompleteMessages { get; set; }
}
