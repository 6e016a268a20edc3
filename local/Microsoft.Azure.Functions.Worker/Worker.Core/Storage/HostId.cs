using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Tells apart the apps that share a storage account: setting <c>AzureFunctionsWebHost__hostid</c>, or else the app's name.</summary>
internal static class HostId
{
    private const int MostCharacters = 32;

    public static string Of(IConfiguration configuration)
    {
        var name = configuration["AzureFunctionsWebHost:hostid"] is { Length: > 0 } id ? id : Assembly.GetEntryAssembly()?.GetName().Name ?? "functions";
        var clean = string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return clean.Length <= MostCharacters ? clean : clean[..MostCharacters];
    }
}
