using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The keys callers show, held as bytes so that a request is checked without allocating.</summary>
internal sealed class FunctionKeys
{
    private const string FolderSetting = "AzureWebJobsSecretsFolder";
    private const string Header = "x-functions-key";
    private const string QueryParameter = "code";

    /// <summary>Longer keys than this are refused unread.</summary>
    private const int MostCharacters = 512;

    private readonly byte[] _master;
    private readonly byte[][] _function;

    private FunctionKeys(FunctionKeysFile file)
    {
        _master = Encoding.UTF8.GetBytes(file.MasterKey.Value);
        _function = [.. file.FunctionKeys.Select(key => Encoding.UTF8.GetBytes(key.Value))];
    }

    public static string Folder(IConfiguration configuration, string scriptRoot) =>
        configuration[FolderSetting] is { Length: > 0 } folder ? Path.GetFullPath(folder) : Path.Combine(scriptRoot, "data", "functions", "secrets");

    /// <summary>Reads host.json of <paramref name="folder"/>, made with new keys when it is missing.</summary>
    public static FunctionKeys Load(string folder) => new(FunctionKeysFile.ReadOrCreate(Path.Combine(folder, "host.json")));

    public bool Allow(HttpRequest request, AuthorizationLevel level)
    {
        string? shown = request.Headers[Header];
        if (string.IsNullOrEmpty(shown) && request.QueryString.HasValue) shown = request.Query[QueryParameter];
        return !string.IsNullOrEmpty(shown) && Allow(shown, level);
    }

    private bool Allow(string shown, AuthorizationLevel level)
    {
        if (shown.Length > MostCharacters) return false;
        Span<byte> buffer = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MostCharacters)];
        var key = buffer[..Encoding.UTF8.GetBytes(shown, buffer)];

        // Every key is compared, in constant time: neither the time nor the order says which one was close.
        var allowed = CryptographicOperations.FixedTimeEquals(key, _master);
        if (level == AuthorizationLevel.Function)
        {
            foreach (var candidate in _function) allowed |= CryptographicOperations.FixedTimeEquals(key, candidate);
        }
        return allowed;
    }
}
