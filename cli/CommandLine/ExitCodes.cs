namespace AIaaS.Cli.CommandLine;

/// <summary>What scripts may rely on; docs/cli.md lists the same.</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The service said no, or what was waited for failed: bad data, a failed job, an accuracy below the goal.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>No service at the address, or none known.</summary>
    public const int Unreachable = 3;

    /// <summary>The service refused the access key.</summary>
    public const int AccessDenied = 4;

    /// <summary>There is no dataset, job, model, version or key of that name.</summary>
    public const int NotFound = 5;

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
