using System.Net;

namespace Azure.Messaging.ServiceBus;

/// <summary>Says in Service Bus terms what went wrong in storage.</summary>
internal static class StorageFault
{
    /// <param name="failure">What the storage client threw, after its retries.</param>
    /// <param name="entity">The queue or table.</param>
    /// <param name="whenGone">What it means here that the message or its pop receipt is no longer known.</param>
    public static ServiceBusException Translate(Exception failure, string entity, ServiceBusFailureReason whenGone)
    {
        var last = failure is AggregateException { InnerExceptions: [.., var inner] } ? inner : failure;
        if (last is not RequestFailedException request)
            return new ServiceBusException("The storage behind the local Service Bus failed.", ServiceBusFailureReason.GeneralError, entity, failure);
        return request switch
        {
            { ErrorCode: "MessageNotFound" or "PopReceiptMismatch" } => new ServiceBusException(Gone(whenGone), whenGone, entity, failure),
            { ErrorCode: "RequestBodyTooLarge" or "MessageTooLarge" } => new ServiceBusException(
                "Storage refused the message as too large.", ServiceBusFailureReason.MessageSizeExceeded, entity, failure),
            { Status: 0 } => new ServiceBusException(
                "The storage behind the local Service Bus cannot be reached. Is Azurite running?", ServiceBusFailureReason.ServiceCommunicationProblem, entity, failure),
            { Status: (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable } => new ServiceBusException(
                "The storage behind the local Service Bus is busy.", ServiceBusFailureReason.ServiceBusy, entity, failure),
            { Status: (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.GatewayTimeout } => new ServiceBusException(
                "The storage behind the local Service Bus did not answer in time.", ServiceBusFailureReason.ServiceTimeout, entity, failure),
            { Status: (int)HttpStatusCode.NotFound } => new ServiceBusException(
                "The queue was deleted while it was used.", ServiceBusFailureReason.MessagingEntityNotFound, entity, failure),
            _ => new ServiceBusException(
                $"The storage behind the local Service Bus answered {request.Status} {request.ErrorCode}.", ServiceBusFailureReason.GeneralError, entity, failure),
        };
    }

    private static string Gone(ServiceBusFailureReason reason) => reason == ServiceBusFailureReason.MessageLockLost
        ? "The lock on the message is lost: it expired, or the message was settled already. The message may be delivered again."
        : "There is no such message any more.";
}
