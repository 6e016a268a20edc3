namespace AIaaS.Pipeline.Problems;

/// <summary>The one exception the pipeline throws on purpose; edges render it (problem details, V2 error, console).</summary>
/// <remarks>Messages reach users: they name what was wrong and what to do, and never hold data, secrets or paths of the host.</remarks>
public sealed class PipelineException : Exception
{
    public PipelineException(ProblemCode code, string detail, IReadOnlyList<ProblemItem>? items = null, Exception? innerException = null)
        : base(detail, innerException)
    {
        Code = code;
        Items = items ?? [];
    }

    public ProblemCode Code { get; }

    /// <summary>The single faults, where there are several (one a bad field of a job file, say).</summary>
    public IReadOnlyList<ProblemItem> Items { get; }
}

/// <summary>One fault among several. <paramref name="Pointer"/> is a JSON pointer or "file:line".</summary>
public sealed record ProblemItem(string Pointer, string Detail);
