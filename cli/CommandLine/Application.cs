using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.CommandLine;

/// <summary>Parses, runs, and turns whatever happens into an exit code and a message that says what to do next.</summary>
public static class Application
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = RootCommandLine.Create(terminal);
        var parsed = root.Parse(args);
        var json = parsed.GetValue(RootCommandLine.Json);
        if (parsed.Action is ParseErrorAction)
            return ErrorView.WriteUsage(terminal, parsed, json);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupted = StopOn(PosixSignal.SIGINT, stopping);
        using var terminated = StopOn(PosixSignal.SIGTERM, stopping);
        using var hungUp = StopOn(PosixSignal.SIGHUP, stopping);
        try
        {
            // Signals are handled here and not by the library, which would give commands two seconds to drain.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Raw };
            return await parsed.InvokeAsync(configuration, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (Expected(exception))
        {
            return ErrorView.Write(terminal, exception, json);
        }
    }

    // Anything else is a fault of this program, and its stack trace belongs in the report of it.
    private static bool Expected(Exception exception) =>
        exception is CliException or ServiceProblemException or ServiceUnreachableException or IOException or UnauthorizedAccessException;

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stopping) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // A second Ctrl-C ends the process at once; the tethered children stop by themselves.
            context.Cancel = !stopping.IsCancellationRequested;
            stopping.Cancel();
        });
}
