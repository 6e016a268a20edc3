using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AIaaS.Functions.Http;

/// <summary>Who asks. Callers are known by the function key they show, and by nothing else.</summary>
public static class Caller
{
    private const string KeyHeader = "x-functions-key";
    private const string KeyQuery = "code";
    private const string Purpose = "aiaas caller v1\n";
    private const int IdBytes = 16;

    /// <returns>32 hexadecimal digits that say nothing about the key: keys are long random texts. The same key has the same id for ever.</returns>
    public static string IdOf(HttpRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Purpose + KeyOf(request))).AsSpan(0, IdBytes));

    /// <summary>The key as it was shown; the host has checked it.</summary>
    public static string KeyOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? shown = request.Headers[KeyHeader];
        if (string.IsNullOrEmpty(shown)) shown = request.Query[KeyQuery];
        return shown ?? "";
    }
}
