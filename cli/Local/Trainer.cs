using AIaaS.Local;

namespace AIaaS.Cli.Local;

/// <summary>One run of the training container's program: it takes one message, does it, and ends.</summary>
public sealed class Trainer(string program, Dictionary<string, string?> settings, LogFile log)
{
    // Time to write a checkpoint and give the message back.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var process = TetheredProcess.Start(Components.Dotnet, [program], settings, Path.GetDirectoryName(program), Grace);
        var logging = log.PumpAsync(process);
        await using var stop = cancellationToken.Register(process.RequestStop);
        var code = await process.WaitForExitAsync(CancellationToken.None);
        await logging;
        if (code != 0 && !cancellationToken.IsCancellationRequested) log.Write($"A trainer ended with exit code {code}; its message is delivered again.");
    }
}
