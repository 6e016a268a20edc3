using System.Diagnostics;

namespace AIaaS.Local;

/// <summary>A child process that cannot outlive this one: when this process ends in any way, kill -9 included, the child is asked to stop and, after a grace, killed with all it started.</summary>
/// <remarks>
/// A few lines of POSIX shell stand between the two and read a pipe whose other end only this process holds. The kernel closes that end
/// whatever happens to us, and the shell then sends SIGTERM, waits, and sends SIGKILL. PR_SET_PDEATHSIG would be shorter, but it fires when the
/// starting *thread* ends, and .NET starts processes from pool threads. Shell and child get sessions of their own, so that neither Ctrl-C in
/// a terminal nor a kill of our process group reaches them: this process stops its children in the order that loses nothing.
/// </remarks>
public sealed class TetheredProcess : IAsyncDisposable
{
    private const string Script = """
        grace=$1; shift
        trap '' INT HUP TERM
        exec 3<&0 </dev/null
        command -v setsid >/dev/null && set -- setsid "$@"
        ( trap - HUP TERM; exec "$@" 3<&- ) &
        child=$!
        exec 2>/dev/null
        stop() { kill -KILL -- "-$child" || kill -KILL "$child"; }
        ( read -r _ <&3; kill -TERM "$child"; sleep "$grace"; stop ) >/dev/null &
        tether=$!
        exec 3<&-
        wait "$child"; code=$?
        kill -KILL "$tether"
        kill -KILL -- "-$child"
        exit "$code"
        """;

    private const string Shell = "/bin/sh";

    // Part of util-linux; where it is missing, only the kill of a whole process group is not survived by the tether.
    private const string SetSession = "/usr/bin/setsid";

    private readonly Process _shell;

    private TetheredProcess(Process shell) => _shell = shell;

    public StreamReader StandardOutput => _shell.StandardOutput;

    public StreamReader StandardError => _shell.StandardError;

    /// <summary>Of the shell that holds the tether; the program and what it starts are its descendants.</summary>
    public int ShellId => _shell.Id;

    public bool HasExited => _shell.HasExited;

    /// <summary>Once exited; 128 + n when signal n ended the child, 127 when its program was not found.</summary>
    public int ExitCode => _shell.ExitCode;

    /// <param name="fileName">A program, found on the PATH when it has no folder.</param>
    /// <param name="arguments">As the program gets them.</param>
    /// <param name="environment">Set on top of this process's environment; null unsets.</param>
    /// <param name="workingDirectory">Null: this process's.</param>
    /// <param name="grace">Between SIGTERM and SIGKILL.</param>
    public static TetheredProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        TimeSpan? grace = null)
    {
        var seconds = (int)Math.Ceiling((grace ?? TimeSpan.FromSeconds(10)).TotalSeconds);
        var ownSession = File.Exists(SetSession);
        var start = new ProcessStartInfo(ownSession ? SetSession : Shell)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var argument in (IEnumerable<string>)[.. ownSession ? [Shell] : Array.Empty<string>(), "-c", Script, "tether", seconds.ToString(), fileName, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new TetheredProcess(Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start."));
    }

    /// <summary>Asks the child to stop (SIGTERM) and returns at once; after the grace it is killed.</summary>
    public void RequestStop() => _shell.StandardInput.Close();

    /// <returns>The child's exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _shell.WaitForExitAsync(cancellationToken);
        return _shell.ExitCode;
    }

    /// <summary>Asks the child to stop and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        RequestStop();
        await _shell.WaitForExitAsync(CancellationToken.None);
        _shell.Dispose();
    }
}
