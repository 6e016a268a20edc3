using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AIaaS.Functions.Http;

/// <summary>If-Match of a request: the change is wanted only while the resource is as the caller saw it (RFC 9110, 13.1.1).</summary>
public static class Precondition
{
    /// <summary>For <c>ApiOperation.Parameters</c>.</summary>
    public const string Parameter = "header:If-Match=The ETag of the answer the change is based on: 412 when the resource has changed since.";

    /// <inheritdoc cref="Of"/>
    public static Action<ModelRecord>? OfModel(HttpRequest request) => Of(request) is { } check ? model => check(EntityTag.Of(model)) : null;

    /// <inheritdoc cref="Of"/>
    public static Action<JobRecord>? OfJob(HttpRequest request) => Of(request) is { } check ? job => check(EntityTag.Of(job.UpdatedOn)) : null;

    /// <inheritdoc cref="Of"/>
    public static Action<DatasetRecord>? OfDataset(HttpRequest request) => Of(request) is { } check ? dataset => check(EntityTag.Of(dataset.UpdatedOn)) : null;

    /// <returns>A check of the tag that the resource has; null when the request makes no condition.</returns>
    /// <exception cref="PipelineException">InvalidRequest: the header is no list of entity tags.</exception>
    public static Action<string>? Of(HttpRequest request)
    {
        var values = request.Headers.IfMatch;
        if (values.Count == 0) return null;
        if (!EntityTagHeaderValue.TryParseList(values, out var tags))
            throw new PipelineException(ProblemCodes.InvalidRequest, "The header If-Match is no list of entity tags. Send the ETag header of an earlier answer as it was, with its quotes, or *.");
        return current =>
        {
            var tag = new EntityTagHeaderValue($"\"{current}\"");
            if (!tags.Any(wanted => wanted.Equals(EntityTagHeaderValue.Any) || wanted.Compare(tag, useStrongComparison: true)))
                throw new PipelineException(ProblemCodes.PreconditionFailed, "The resource is not as the header If-Match says: it has changed meanwhile. Read it again, and repeat the request with its ETag.");
        };
    }
}
