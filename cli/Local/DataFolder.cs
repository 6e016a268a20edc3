using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Local;

/// <summary>The folder a local service lives in: storage, keys, secrets, logs. Readable by its owner only.</summary>
public sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public DataFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    public string Storage => At("storage");

    public string Keys => At("keys");

    public string Secrets => At("secrets");

    public string Logs => At("logs");

    /// <summary>Secret keys of this user as a client, one file a model.</summary>
    public string ClientKeys => At("client-keys");

    public string EndpointFile => At("endpoint.json");

    /// <summary>AIAAS_DATA, else ~/.aiaas: found from every folder a user works in.</summary>
    public static DataFolder Default(Terminal terminal) => new(
        terminal.Environment("AIAAS_DATA")
        ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aiaas"));

    public void Create()
    {
        foreach (var folder in (string[])[Path, Storage, Keys, Secrets, Logs]) Create(folder);
    }

    /// <summary>Makes the folder of client keys, where there is none, and names a model's file in it.</summary>
    public string ClientKeyFile(Uri service, string model)
    {
        Create(Path);
        Create(ClientKeys);
        return System.IO.Path.Combine(ClientKeys, $"{Uri.EscapeDataString($"{service.Host}-{service.Port}-{model}")}.key");
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly);
    }

    /// <summary>One service at a time on one folder; the lock goes with the process, however it ends.</summary>
    /// <exception cref="CliException">Another holds it.</exception>
    public FileStream Lock()
    {
        try
        {
            return new FileStream(At("up.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            var running = Endpoint.Read(this);
            throw new CliException(ExitCodes.Failed,
                $"A service already runs on {Path}{(running is null ? "" : $" at {running.Url} (process {running.ProcessId})")}.",
                "Use it as it is, stop it with Ctrl-C where it runs, or start another with --data and a folder of its own.", exception);
        }
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
