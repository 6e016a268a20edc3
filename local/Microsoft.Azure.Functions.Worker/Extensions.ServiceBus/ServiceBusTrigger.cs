using System.Linq.Expressions;
using System.Reflection;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class ServiceBusTrigger : Trigger
{
    private static readonly TimeSpan DefaultRenewal = TimeSpan.FromMinutes(5);

    private readonly ParameterInfo _triggered;

    /// <exception cref="FunctionsStartupException">The queue's name or a setting is wrong.</exception>
    public ServiceBusTrigger(ServiceBusTriggerAttribute attribute, ParameterInfo triggered, IConfiguration configuration)
    {
        _triggered = triggered;
        Queue = SettingReferences.Resolve(attribute.QueueName ?? "", configuration);
        if (Queue.Length == 0) throw new FunctionsStartupException("its Service Bus trigger names no queue.");
        Connection = attribute.Connection ?? ConnectionSettings.ServiceBus;
        ConnectionSettings.Find(configuration, Connection, ServiceBusConnections.IdentityKey);
        Processing = new ServiceBusProcessorOptions
        {
            AutoCompleteMessages = GivenAutoComplete(triggered) ?? HostSettings.ReadHostJson(configuration, "extensions:serviceBus:autoCompleteMessages", fallback: true),
            MaxConcurrentCalls = Positive(HostSettings.ReadHostJson(configuration, "extensions:serviceBus:maxConcurrentCalls", 16 * Environment.ProcessorCount)),
            MaxAutoLockRenewalDuration = HostSettings.ReadHostJson(configuration, "extensions:serviceBus:maxAutoLockRenewalDuration", DefaultRenewal),
        };
    }

    public string Queue { get; }

    public string Connection { get; }

    public ServiceBusProcessorOptions Processing { get; }

    public override string SupportedParameters => "ServiceBusReceivedMessage, ServiceBusMessageActions, and BinaryData, string or byte[] for the body";

    public override Expression? Bind(ParameterInfo parameter, ParameterExpression context)
    {
        var invocation = Expression.Convert(context, typeof(ServiceBusInvocationContext));
        var type = parameter.ParameterType;
        if (type == typeof(ServiceBusReceivedMessage)) return Expression.Property(invocation, nameof(ServiceBusInvocationContext.Message));
        if (type == typeof(ServiceBusMessageActions)) return Expression.Property(invocation, nameof(ServiceBusInvocationContext.Actions));
        if (parameter != _triggered) return null;
        if (type == typeof(BinaryData)) return Expression.Property(invocation, nameof(ServiceBusInvocationContext.Body));
        if (type == typeof(string)) return Expression.Property(invocation, nameof(ServiceBusInvocationContext.BodyText));
        return type == typeof(byte[]) ? Expression.Property(invocation, nameof(ServiceBusInvocationContext.BodyBytes)) : null;
    }

    /// <summary>Only what the attribute says counts here: false by default and false on purpose look the same on the attribute itself.</summary>
    private static bool? GivenAutoComplete(ParameterInfo parameter) => parameter.GetCustomAttributesData()
        .Where(data => data.AttributeType == typeof(ServiceBusTriggerAttribute))
        .SelectMany(data => data.NamedArguments)
        .Where(argument => argument.MemberName == nameof(ServiceBusTriggerAttribute.AutoCompleteMessages))
        .Select(argument => (bool?)argument.TypedValue.Value)
        .FirstOrDefault();

    private static int Positive(int calls) => calls >= 1
        ? calls
        : throw new FunctionsStartupException("extensions.serviceBus.maxConcurrentCalls in host.json must be 1 or more.");
}
