using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Local;

/// <summary>The file in which a Functions host keeps its keys.</summary>
public sealed record AccessKeys(IReadOnlyList<AccessKey> FunctionKeys)
{
    private const string FileName = "host.json";

    /// <summary>Whether the host has made its keys.</summary>
    public static bool Exist(string secretsFolder) => File.Exists(Path.Combine(secretsFolder, FileName));

    /// <exception cref="CliException">The host has made none.</exception>
    public static string ReadDefault(string secretsFolder)
    {
        var path = Path.Combine(secretsFolder, FileName);
        try
        {
            var keys = JsonSerializer.Deserialize(File.ReadAllBytes(path), CliJson.Default.AccessKeys);
            if (keys is { FunctionKeys: [{ Value.Length: > 0 } key, ..] }) return key.Value;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new CliException(ExitCodes.Failed, $"The access key in {path} cannot be read.", "Delete the file to have a new key made.", exception);
        }
        throw new CliException(ExitCodes.Failed, $"{path} holds no function key.", "Delete the file to have a new key made.");
    }
}

public sealed record AccessKey(string Name, string Value)
{
    /// <summary>Secrets stay out of texts.</summary>
    public override string ToString() => Name;
}
