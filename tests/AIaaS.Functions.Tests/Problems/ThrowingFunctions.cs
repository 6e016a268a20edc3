using AIaaS.Pipeline.Problems;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Tests.Problems;

/// <summary>Functions of the test's own app: each throws what its route names.</summary>
public sealed class ThrowingFunctions
{
    public const string Secret = "secret-a7f31c";

    [Function("ThrowOwn")]
    public IActionResult Own([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throw/{what}")] HttpRequest request, string what) => throw Make(what);

    [Function("ThrowV2")]
    public IActionResult V2([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v2/throw/{what}")] HttpRequest request, string what) => throw Make(what);

    [Function("Fine")]
    public IActionResult Fine([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fine")] HttpRequest request) => new NoContentResult();

    private static Exception Make(string what) => what switch
    {
        "unforeseen" => new InvalidOperationException(Secret),
        "storage" => new RequestFailedException(500, Secret),
        "changed" => new RequestFailedException(412, Secret),
        "retried-storage" => new AggregateException(new RequestFailedException(503, "first"), new RequestFailedException(503, Secret)),
        "items" => new PipelineException(ProblemCodes.JobInvalid, "The job has faults.", [new ProblemItem("/training/seed", "must be a number"), new ProblemItem("/model", "is missing")]),
        _ => new PipelineException(ProblemCodes.All[what], $"Detail of {what}."),
    };
}
