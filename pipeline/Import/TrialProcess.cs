using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Import;

/// <summary>Runs <see cref="TrialLoad"/> in a child process with bounded time and memory, and without this process's environment.</summary>
public sealed class TrialProcess
{
    // No settings, connection strings or keys reach a process that runs somebody else's file.
    private static readonly string[] InheritedVariables = ["PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_HOST_PATH", "TMPDIR", "HOME", "SystemRoot", "LD_LIBRARY_PATH"];

    private readonly string _program;
    private readonly string[] _arguments;

    /// <param name="program">The program's assembly (.dll) that runs <see cref="TrialLoad"/> when asked; null for this program itself.</param>
    public TrialProcess(string? program = null)
    {
        var assembly = program ?? Assembly.GetEntryAssembly()?.Location ?? throw new InvalidOperationException("This process has no program to start again.");
        var executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var own = File.Exists(executable);
        _program = own ? executable : Dotnet();
        _arguments = own ? [] : [assembly];
    }

    /// <exception cref="PipelineException">ModelRefused: it cannot be loaded, or not within the limits.</exception>
    internal async Task<TrialReport> RunAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(file.Length)) ?? throw new InvalidOperationException($"'{Path.GetFileName(_program)}' could not be started.");
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(ImportLimits.TrialTime(file.Length));
        try
        {
            var errors = DrainAsync(process.StandardError.BaseStream, limited.Token);
            var sending = SendAsync(process, file, limited.Token);
            var report = await ReadAsync(process.StandardOutput.BaseStream, limited.Token);
            await sending;
            await errors;
            await process.WaitForExitAsync(limited.Token);
            if (process.ExitCode != 0 || report is null) throw Refused("it ended the process that tried to load it", "it takes more memory than allowed, or crashes ONNX Runtime");
            return report.Refusal is null ? report : throw Refused("ONNX Runtime refuses it", report.Refusal);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused($"it was not loaded within {ImportLimits.TrialTime(file.Length).TotalSeconds:0} s", "simplify its graph", exception);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo StartInfo(long bytes)
    {
        var memory = ImportLimits.TrialBytes(bytes);
        var start = new ProcessStartInfo(_program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in _arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(TrialLoad.Argument);
        start.ArgumentList.Add(memory.ToString(CultureInfo.InvariantCulture));
        var inherited = InheritedVariables.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).Where(pair => pair.value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in inherited) start.Environment[name] = value;
        start.Environment["DOTNET_GCHeapHardLimit"] = memory.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    private static async Task SendAsync(Process process, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(file, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says the rest.
        }
    }

    private static async Task<TrialReport?> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var buffer = new byte[ImportLimits.MaxReportBytes];
        var length = await output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return length is 0 || length == buffer.Length ? null : JsonSerializer.Deserialize(buffer.AsSpan(0, length), ImportJson.Default.TrialReport);
        }
        catch (JsonException)
        {
            // A process that died while writing says nothing.
            return null;
        }
    }

    private static async Task DrainAsync(Stream errors, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (await errors.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }

    private static string Dotnet() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
            : "dotnet";

    private static PipelineException Refused(string what, string why, Exception? inner = null) =>
        new(ProblemCodes.ModelRefused, $"The model cannot be served: {what} ({why}).", innerException: inner);
}
