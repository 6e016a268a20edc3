using System.Diagnostics;

namespace AIaaS.Local;

/// <summary>Restores the npm packages of package-lock.json where they are missing, once, even when several processes ask.</summary>
public static class NpmPackages
{
    /// <exception cref="InvalidOperationException">npm is missing or failed; the text says what to do.</exception>
    public static async Task EnsureAsync(string projectRoot, CancellationToken cancellationToken)
    {
        if (IsComplete(projectRoot)) return;
        await using var held = await HoldLockAsync(projectRoot, cancellationToken);
        if (IsComplete(projectRoot)) return;

        var start = new ProcessStartInfo("npm", "ci --ignore-scripts --no-audit --no-fund")
        {
            WorkingDirectory = projectRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Start(start);
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        await output;
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"'npm ci' failed in {projectRoot} with exit code {npm.ExitCode}:\n{await errors}");
        await File.WriteAllTextAsync(Stamp(projectRoot), LockText(projectRoot), cancellationToken);
    }

    /// <summary>The lock file is copied into node_modules after a good install: the same text means nothing to do.</summary>
    private static bool IsComplete(string root) => File.Exists(Stamp(root)) && File.ReadAllText(Stamp(root)) == LockText(root);

    private static string Stamp(string root) => Path.Combine(root, "node_modules", ".installed-lock.json");

    private static string LockText(string root) => File.ReadAllText(Path.Combine(root, "package-lock.json"));

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"'{start.FileName}' was not found. Install Node.js 20 or later (https://nodejs.org) and try again.", exception);
        }
    }

    private static async Task<FileStream> HoldLockAsync(string root, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, ".npm-restore.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }
}
