using AIaaS.Pipeline.Problems;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Messages;

/// <summary>Sets a message aside with a reason a person can act on.</summary>
public static class DeadLetters
{
    /// <summary>Service Bus takes 4,096 characters of a description.</summary>
    private const int MaxDescription = 4_000;

    public static Task DeadLetterAsync(
        this ServiceBusMessageActions actions, ServiceBusReceivedMessage message, ProblemCode reason, string description, CancellationToken cancellationToken) =>
        actions.DeadLetterMessageAsync(message, deadLetterReason: reason.Code,
            deadLetterErrorDescription: description.Length <= MaxDescription ? description : description[..MaxDescription], cancellationToken: cancellationToken);
}
