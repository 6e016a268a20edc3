using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace AIaaS.Pipeline.Jobs;

/// <summary>Durations in job files: ISO 8601 without years and months ("PT1H30M"), or short ("90s", "1h30m", "2d").</summary>
internal static partial class JobDuration
{
    private const int MaxLength = 32;

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length is 0 or > MaxLength) return false;
        var match = Short().Match(text);
        if (!match.Success) match = Iso().Match(text);
        if (!match.Success) return false;
        duration = TimeSpan.FromSeconds(Part(match, "d") * 86_400L + Part(match, "h") * 3600L + Part(match, "m") * 60L + Part(match, "s"));
        return duration > TimeSpan.Zero;
    }

    public static string Text(TimeSpan duration) => XmlConvert.ToString(duration);

    private static int Part(Match match, string name) =>
        match.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A((?<d>[0-9]{1,7})d)?((?<h>[0-9]{1,7})h)?((?<m>[0-9]{1,7})m)?((?<s>[0-9]{1,7})s)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Short();

    [GeneratedRegex(@"\AP((?<d>[0-9]{1,7})D)?(T((?<h>[0-9]{1,7})H)?((?<m>[0-9]{1,7})M)?((?<s>[0-9]{1,7})S)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Iso();
}
