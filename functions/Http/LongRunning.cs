using AIaaS.Pipeline.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AIaaS.Functions.Http;

/// <summary>Headers of long-running operations: where to ask, when to ask again, where the result is.</summary>
public static class LongRunning
{
    /// <summary>Seconds between two polls.</summary>
    public const int RetryAfterSeconds = 2;

    /// <summary>202 with Operation-Location, always, even when the job is done already.</summary>
    public static IActionResult Accepted(HttpRequest request, JobRecord job)
    {
        request.HttpContext.Response.Headers["Operation-Location"] = Absolute(request, $"/jobs/{job.Id}");
        return Monitor(request, job, StatusCodes.Status202Accepted);
    }

    /// <summary>200 with the status monitor; Retry-After until it is final; Location of the model version once it exists.</summary>
    public static IActionResult Status(HttpRequest request, JobRecord job) => Monitor(request, job, StatusCodes.Status200OK);

    /// <summary>An absolute URL of this service, with the api-version.</summary>
    public static string Absolute(HttpRequest request, string path) =>
        $"{request.Scheme}://{request.Host}{request.PathBase}{path}?{ApiVersion.Parameter}={ApiVersion.Current}";

    private static JsonAnswer<StatusMonitor> Monitor(HttpRequest request, JobRecord job, int status)
    {
        var monitor = StatusMonitor.From(job);
        var headers = request.HttpContext.Response.Headers;
        if (!job.IsFinal) headers.RetryAfter = RetryAfterSeconds.ToString();
        if (monitor.Result is { } result) headers.Location = Absolute(request, $"/models/{result.Model}/versions/{result.Version}/card");
        return new JsonAnswer<StatusMonitor>(monitor, ApiJson.Default.StatusMonitor, status) { ETag = EntityTag.Of(job.UpdatedOn) };
    }
}
