using AIaaS.Pipeline.Problems;

namespace AIaaS.Functions.Problems;

/// <summary>RFC 9457 problem details with our extension members.</summary>
/// <param name="Type">"/errors/{code}", which this service answers.</param>
/// <param name="Title">The same for every occurrence of the code.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Detail">What was wrong here and what to do; texts are no contract.</param>
/// <param name="Code">The contract; also in the header x-ms-error-code.</param>
/// <param name="Errors">The single faults where there are several.</param>
/// <param name="TraceId">Finds this request in the logs.</param>
public sealed record ProblemDocument(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<ProblemItem>? Errors, string? TraceId)
{
    public const string ContentType = "application/problem+json";

    public static ProblemDocument From(PipelineException problem, string? traceId) => new(
        "/errors/" + problem.Code.Code,
        problem.Code.Title,
        problem.Code.Status,
        problem.Message,
        problem.Code.Code,
        problem.Items.Count == 0 ? null : problem.Items,
        traceId);
}

/// <summary>The error shape of the Open Inference Protocol V2.</summary>
public sealed record V2Error(string Error)
{
    public static V2Error From(PipelineException problem) => new(problem.Items.Count == 0
        ? problem.Message
        : $"{problem.Message} {string.Join(" ", problem.Items.Select(item => $"{item.Pointer}: {item.Detail}"))}");
}
