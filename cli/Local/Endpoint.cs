using System.Text.Json;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Local;

/// <summary>What a running 'aiaas up' leaves in its folder for the other commands, mode 0600; deleted when it stops.</summary>
/// <param name="Url">Of the Function App.</param>
/// <param name="Key">For the x-functions-key header.</param>
/// <param name="StorageConnectionString">For dropping files with any Azure Storage tool.</param>
/// <param name="Data">The data folder.</param>
/// <param name="ProcessId">Of the 'aiaas up'.</param>
public sealed record Endpoint(Uri Url, string Key, string StorageConnectionString, string Data, int ProcessId)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Endpoint? Read(DataFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folder.EndpointFile), CliJson.Default.Endpoint);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            // Missing, being written, or of another user: as good as none.
            return null;
        }
    }

    public void Write(DataFolder folder)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        var written = folder.EndpointFile + ".new";
        File.Delete(written);
        using (var file = new FileStream(written, options))
            JsonSerializer.Serialize(file, this, CliJson.Readable.Endpoint);
        File.Move(written, folder.EndpointFile, overwrite: true);
    }

    public static void Delete(DataFolder folder) => File.Delete(folder.EndpointFile);
}
