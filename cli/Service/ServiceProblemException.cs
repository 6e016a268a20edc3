using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Service;

/// <summary>The service was reached and said no.</summary>
public sealed class ServiceProblemException(int status, ServiceProblem problem) : Exception(problem.Message)
{
    public int Status { get; } = status;

    public ServiceProblem Problem { get; } = problem;

    public int ExitCode => (Status, Problem.Code) switch
    {
        (401, _) or (403, null) => ExitCodes.AccessDenied,
        (404, _) => ExitCodes.NotFound,
        _ => ExitCodes.Failed,
    };
}
