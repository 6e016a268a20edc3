using System.Diagnostics;
using System.Text.Json;

namespace AIaaS.Benchmarks.Suites.Training;

/// <summary>Debian's python3-torch with OpenBLAS, on one thread, running peer.py.</summary>
internal static class TorchPeer
{
    public static async Task InstallAsync(CancellationToken cancellationToken)
    {
        if (File.Exists("/usr/lib/python3/dist-packages/torch/__init__.py") && Directory.Exists(FashionMnist.Folder)) return;
        await RunAsync("apt-get", ["update", "-qq"], cancellationToken);
        await RunAsync("apt-get",
            ["install", "-y", "-qq", "--no-install-recommends", "python3-torch", "python3-numpy", "libopenblas0-pthread", "dataset-fashion-mnist"], cancellationToken);
    }

    /// <remarks>By its full path: another Python may come first in PATH, and Debian's is the one with torch.</remarks>
    /// <returns>Seconds of each epoch, its validation included.</returns>
    public static async Task<IReadOnlyList<double>> TrainAsync(
        string script, string family, int epochs, long trainRows, long validationRows, CancellationToken cancellationToken)
    {
        var output = await RunAsync("/usr/bin/python3", [script, FashionMnist.Folder, family, $"{epochs}", $"{trainRows}", $"{validationRows}"], cancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Seconds)];
    }

    private static double Seconds(string line)
    {
        using var epoch = JsonDocument.Parse(line);
        return epoch.RootElement.GetProperty("seconds").GetDouble();
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" }) start.Environment[variable] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
