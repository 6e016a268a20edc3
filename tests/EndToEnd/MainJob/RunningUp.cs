using System.Text.Json;
using AIaaS.Local;

namespace AIaaS.EndToEnd.MainJob;

/// <summary>A running 'aiaas up'. Disposing it stops it as Ctrl-C does.</summary>
public sealed class RunningUp : IAsyncDisposable
{
    private readonly TetheredProcess _process;
    private readonly Task _errors;

    private RunningUp(TetheredProcess process, Task errors, JsonElement endpoint)
    {
        _process = process;
        _errors = errors;
        ProcessId = endpoint.GetProperty("processId").GetInt32();
    }

    /// <summary>Of the command line itself.</summary>
    public int ProcessId { get; }

    /// <param name="dataFolder">Where it lives.</param>
    /// <param name="options">Of 'aiaas up', further ones.</param>
    public static async Task<RunningUp> StartAsync(string dataFolder, params string[] options)
    {
        var process = CommandLineTool.Start(dataFolder, ["up", "--json", .. options]);
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null)
        {
            await process.DisposeAsync();
            throw new InvalidOperationException($"'aiaas up' ended before it was ready: {await errors}");
        }
        return new RunningUp(process, errors, JsonDocument.Parse(line).RootElement);
    }

    /// <summary>Stops it gracefully; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        _process.RequestStop();
        var code = await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _errors;
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync();
    }
}
