namespace AIaaS.Cli.CommandLine;

/// <summary>A command that cannot go on: what was wrong, the exit code, and what to do next.</summary>
public sealed class CliException(int exitCode, string message, string? next = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>A sentence that begins "Run", "Use", "Check" …; null when there is nothing sensible to say.</summary>
    public string? Next { get; } = next;
}
