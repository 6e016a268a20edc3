using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;

namespace AIaaS.Pipeline.Problems;

/// <summary>Turns whatever was thrown into the one error type, so that every edge renders the same.</summary>
public static class ProblemMapping
{
    /// <summary>The problem to report; <see cref="ProblemCodes.Internal"/>, without any detail of the exception, for what nobody foresaw.</summary>
    public static PipelineException ToProblem(this Exception exception) => exception switch
    {
        PipelineException problem => problem,
        RequestFailedException { Status: 412 } => new PipelineException(ProblemCodes.PreconditionFailed,
            "Something else changed the resource at the same time. Read it again and repeat the request.", innerException: exception),
        RequestFailedException or AuthenticationFailedException => new PipelineException(ProblemCodes.StorageUnavailable,
            "The storage account did not answer as expected. Nothing was lost; try again in a few seconds.", innerException: exception),
        ServiceBusException => new PipelineException(ProblemCodes.QueueUnavailable,
            "The queue service did not answer as expected. Nothing was lost; try again in a few seconds.", innerException: exception),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new PipelineException(ProblemCodes.PayloadTooLarge,
            "The request body is larger than this route takes.", innerException: exception),
        BadHttpRequestException => new PipelineException(ProblemCodes.InvalidRequest,
            "The request is not valid HTTP, or its body ended before its declared length.", innerException: exception),
        // The SDK wraps what its retries met.
        AggregateException { InnerExceptions: [.., { } last] } when last is RequestFailedException or AuthenticationFailedException or ServiceBusException => last.ToProblem(),
        _ => new PipelineException(ProblemCodes.Internal,
            "The service failed in a way it does not know. The trace id finds the cause in the logs.", innerException: exception),
    };

    /// <summary>Whether repeating the same thing later may succeed without anybody changing anything.</summary>
    public static bool IsTransient(this PipelineException problem) => problem.Code.Status is 503 or 412 || problem.Code == ProblemCodes.Internal;
}
