using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The file in which Functions keeps keys. Readable by its owner alone; several hosts may share it.</summary>
internal sealed record FunctionKeysFile(FunctionKey MasterKey, IReadOnlyList<FunctionKey> FunctionKeys, IReadOnlyList<FunctionKey> SystemKeys)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="FunctionsStartupException">The file is not what Functions writes, or cannot be read or written.</exception>
    public static FunctionKeysFile ReadOrCreate(string path)
    {
        try
        {
            if (!File.Exists(path)) Create(path);
            return Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FunctionsStartupException($"The function keys in {path} cannot be read or written: {exception.Message}", exception);
        }
    }

    private static FunctionKeysFile Read(string path)
    {
        FunctionKeysFile? file = null;
        try
        {
            file = JsonSerializer.Deserialize(File.ReadAllBytes(path), FunctionKeysJson.Default.FunctionKeysFile);
        }
        catch (JsonException)
        {
            // The exception may quote the file, which holds secrets; what is wrong is said below.
        }
        if (file is not { MasterKey.Value.Length: > 0, FunctionKeys: not null } || file.FunctionKeys.Append(file.MasterKey).Any(key => key.Encrypted || string.IsNullOrEmpty(key.Value)))
            throw new FunctionsStartupException($"{path} does not hold function keys in the clear. Mend it, or delete it to have new keys made.");
        return file;
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var made = new FunctionKeysFile(FunctionKey.New("master"), [FunctionKey.New("default")], []);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, made, FunctionKeysJson.Default.FunctionKeysFile);
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another host was faster: its keys are the keys.
            File.Delete(temporary);
        }
    }
}

internal sealed record FunctionKey(string Name, string Value, bool Encrypted)
{
    /// <summary>256 bits from the operating system.</summary>
    public static FunctionKey New(string name) => new(name, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), Encrypted: false);

    /// <summary>Secrets stay out of texts.</summary>
    public override string ToString() => Name;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FunctionKeysFile))]
internal sealed partial class FunctionKeysJson : JsonSerializerContext;
