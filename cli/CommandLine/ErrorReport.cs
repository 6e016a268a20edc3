using AIaaS.Cli.Service;

namespace AIaaS.Cli.CommandLine;

/// <summary>What --json writes to standard error.</summary>
/// <param name="ExitCode">See <see cref="ExitCodes"/>.</param>
/// <param name="Code">The service's problem code (docs/errors.md); null when the service was not asked.</param>
/// <param name="Message">For people.</param>
/// <param name="Next">What to do, for people.</param>
/// <param name="Errors">The single faults.</param>
public sealed record ErrorReport(int ExitCode, string? Code, string Message, string? Next, IReadOnlyList<ServiceFault> Errors);
