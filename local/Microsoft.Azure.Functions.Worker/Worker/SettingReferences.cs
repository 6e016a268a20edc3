using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary><c>%NAME%</c> in an attribute's text stands for the setting of that name.</summary>
internal static partial class SettingReferences
{
    /// <exception cref="FunctionsStartupException">A setting that <paramref name="text"/> names is missing.</exception>
    public static string Resolve(string text, IConfiguration configuration) => Reference().Replace(text, match =>
        configuration[match.Groups["name"].Value]
        ?? throw new FunctionsStartupException($"'{text}' refers to setting '{match.Groups["name"].Value}', which is missing."));

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
