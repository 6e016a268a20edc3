namespace AIaaS.Functions.OpenApi;

/// <summary>What the OpenAPI document says of an HTTP function besides its route and methods; stands on the function.</summary>
/// <param name="tag">The section it is listed in.</param>
/// <param name="summary">One line.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiOperationAttribute(string tag, string summary) : Attribute
{
    public string Tag { get; } = tag;

    public string Summary { get; } = summary;

    /// <summary>A paragraph for what the summary leaves open.</summary>
    public string? Description { get; init; }

    /// <summary>Type of the JSON request body; null for none or for <see cref="BodyContentType"/> alone.</summary>
    public Type? Body { get; init; }

    /// <summary>Content types of the request body, comma-separated; "application/json" when <see cref="Body"/> is given.</summary>
    public string? BodyContentType { get; init; }

    /// <summary>Type of the JSON answer; null for none or for <see cref="ReturnsContentType"/> alone.</summary>
    public Type? Returns { get; init; }

    /// <summary>Content types of the answer, comma-separated; "application/json" when <see cref="Returns"/> is given.</summary>
    public string? ReturnsContentType { get; init; }

    /// <summary>Status of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Query parameters and headers as "in:name=text", one each: "query:file=Name of the file", "header:Prefer=…".</summary>
    public string[] Parameters { get; init; } = [];

    /// <summary>Codes of <see cref="Pipeline.Problems.ProblemCodes"/> that are particular to it.</summary>
    public string[] Problems { get; init; } = [];
}
