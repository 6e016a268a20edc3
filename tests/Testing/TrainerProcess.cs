using AIaaS.Local;

namespace AIaaS.Testing;

/// <summary>The training container's program as it was built: one run takes one message.</summary>
public static class TrainerProcess
{
    /// <returns>Exit code (137 after kill -9) and everything it wrote.</returns>
    public static async Task<(int ExitCode, string Log)> RunAsync(ServiceSettings settings, string? fault = null, CancellationToken cancellationToken = default)
    {
        var process = TetheredProcess.Start("dotnet", [BuiltApp.Find("AIaaS.Training")], settings.Environment(fault), grace: TimeSpan.FromSeconds(15));
        await using (process)
        {
            var log = new ProcessLog();
            await Task.WhenAll(log.PumpAsync(process.StandardOutput), log.PumpAsync(process.StandardError)).WaitAsync(cancellationToken);
            return (await process.WaitForExitAsync(cancellationToken), log.Text);
        }
    }
}
