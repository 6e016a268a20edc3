using System.Diagnostics;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Pipeline.Tracing;

/// <summary>Carries the W3C trace context of a request through a message, so that one trace id leads from the request to the end of its job.</summary>
public static class MessageTrace
{
    /// <summary>The application property that the Azure SDKs use for it.</summary>
    public const string Property = "Diagnostic-Id";

    /// <summary>Writes <paramref name="traceParent"/>, or the context this code runs in, on a message that is about to be sent.</summary>
    public static void Stamp(ServiceBusMessage message, string? traceParent = null)
    {
        if ((traceParent ?? Activity.Current?.Id) is { } id) message.ApplicationProperties[Property] = id;
    }

    /// <summary>Begins work on a received message as a child of what sent it. The caller disposes it at the end of the work.</summary>
    public static Activity Continue(ServiceBusReceivedMessage message, string name) =>
        Continue(message.ApplicationProperties.TryGetValue(Property, out var id) ? id as string : null, name);

    /// <summary>Begins work as a child of <paramref name="traceParent"/>; a new trace when that is missing or malformed.</summary>
    public static Activity Continue(string? traceParent, string name)
    {
        var activity = new Activity(name);
        activity.SetIdFormat(ActivityIdFormat.W3C);
        if (traceParent is not null && ActivityContext.TryParse(traceParent, traceState: null, out _)) activity.SetParentId(traceParent);
        return activity.Start();
    }
}
