using Microsoft.AspNetCore.Http;

namespace AIaaS.Functions.Inference;

/// <summary>The header Prefer (RFC 7240).</summary>
internal static class Preference
{
    private const string RespondAsync = "respond-async";

    public static bool WantsAsync(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue("Prefer", out var lines)) return false;
        foreach (var line in lines)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var name = line.AsSpan()[part];
                if (name.IndexOf(';') is >= 0 and var end) name = name[..end];
                if (name.Trim().Equals(RespondAsync, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }
        return false;
    }
}
