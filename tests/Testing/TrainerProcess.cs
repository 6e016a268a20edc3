using AIaaS.Local;

namespace AIaaS.Testing;

/// <summary>The training container's program as it was built: one run takes one message.</summary>
public static class TrainerProcess
{
    /// <param name="settings">Of the service whose jobs it does.</param>
    /// <param name="fault">Where it is to die; null for nowhere.</param>
    /// <param name="terminateWhen">SIGTERM is sent when this completes; null never sends it.</param>
    /// <param name="cancellationToken">Ends the waiting, and the process with it.</param>
    /// <returns>Exit code (137 after kill -9) and everything it wrote.</returns>
    public static async Task<(int ExitCode, string Log)> RunAsync(
        ServiceSettings settings, string? fault = null, Func<Task>? terminateWhen = null, CancellationToken cancellationToken = default)
    {
        var process = TetheredProcess.Start("dotnet", [BuiltApp.Find("AIaaS.Training")], settings.Environment(fault), grace: TimeSpan.FromSeconds(15));
        await using (process)
        {
            var log = new ProcessLog();
            var pumps = Task.WhenAll(log.PumpAsync(process.StandardOutput), log.PumpAsync(process.StandardError));
            if (terminateWhen is not null)
            {
                await terminateWhen();
                process.RequestStop();
            }
            await pumps.WaitAsync(cancellationToken);
            return (await process.WaitForExitAsync(cancellationToken), log.Text);
        }
    }
}
