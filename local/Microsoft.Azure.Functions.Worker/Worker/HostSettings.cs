using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>host.json and local.settings.json as configuration, below everything else so that environment variables win.</summary>
internal static class HostSettings
{
    /// <summary>Most bytes of a request body, in bytes; the name Functions uses.</summary>
    public const string BodyLimit = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";

    // The prefix under which Functions lets environment variables override host.json: AzureFunctionsJobHost__extensions__http__routePrefix.
    private const string HostPrefix = "AzureFunctionsJobHost:";

    public static void AddTo(ConfigurationManager configuration, string scriptRoot)
    {
        var values = new Dictionary<string, string?>(ConsoleLogging.Defaults, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in ReadJson(Path.Combine(scriptRoot, "host.json")))
        {
            values[HostPrefix + key] = value;
            if (key.StartsWith("logging:logLevel:", StringComparison.OrdinalIgnoreCase)) values[key] = value;
        }
        foreach (var (key, value) in ReadLocalSettings(Path.Combine(scriptRoot, "local.settings.json"))) values[key] = value;
        ((IConfigurationBuilder)configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = values });
    }

    /// <summary>A value of host.json, for instance <c>extensions:http:routePrefix</c>.</summary>
    public static T ReadHostJson<T>(IConfiguration configuration, string key, T fallback)
        where T : IParsable<T> => Read(configuration, HostPrefix + key, fallback);

    /// <exception cref="FunctionsStartupException">The setting's text is no <typeparamref name="T"/>.</exception>
    public static T Read<T>(IConfiguration configuration, string key, T fallback)
        where T : IParsable<T>
    {
        if (configuration[key] is not { } text) return fallback;
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FunctionsStartupException($"Setting '{key}' is '{text}', which is no {typeof(T).Name}.");
    }

    private static IEnumerable<KeyValuePair<string, string?>> ReadLocalSettings(string path)
    {
        var file = ReadJson(path);
        if (file.Any(pair => pair.Key.Equals("IsEncrypted", StringComparison.OrdinalIgnoreCase) && bool.TryParse(pair.Value, out var encrypted) && encrypted))
            throw new FunctionsStartupException($"{path} is encrypted. Decrypt it with 'func settings decrypt', or set IsEncrypted to false and the values in the clear.");
        foreach (var (key, value) in file)
        {
            if (key.StartsWith("Values:", StringComparison.OrdinalIgnoreCase))
                yield return new(key["Values:".Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value);
            else if (key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase))
                yield return new(key, value);
        }
    }

    private static List<KeyValuePair<string, string?>> ReadJson(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            using var stream = File.OpenRead(path);
            return [.. new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable().Where(pair => pair.Value is not null)];
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidDataException)
        {
            throw new FunctionsStartupException($"{path} is not valid JSON: {exception.Message}", exception);
        }
    }
}
