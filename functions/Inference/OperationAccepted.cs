using AIaaS.Functions.Http;
using AIaaS.Functions.Operations;
using AIaaS.Pipeline.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AIaaS.Functions.Inference;

/// <summary>202 with Operation-Location, always, even when the operation is over already.</summary>
internal static class OperationAccepted
{
    public static IActionResult Answer(HttpRequest request, OperationRecord operation)
    {
        var headers = request.HttpContext.Response.Headers;
        headers["Operation-Location"] = LongRunning.Absolute(request, $"/operations/{operation.Id}");
        headers["Preference-Applied"] = "respond-async";
        if (!operation.IsFinal) headers.RetryAfter = LongRunning.RetryAfterSeconds.ToString();
        return new JsonAnswer<OperationMonitor>(
            new OperationMonitor(operation.Id, operation.Status, operation.Error, Result: null), ApiJson.Default.OperationMonitor, StatusCodes.Status202Accepted);
    }
}
