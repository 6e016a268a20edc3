using System.Text.RegularExpressions;

namespace Azure.Security.KeyVault.Keys;

/// <summary><c>{vault}keys/{name}[/{version}]</c>, taken apart.</summary>
internal sealed partial record KeyId(Uri Vault, string Name, string? Version)
{
    public Uri Uri => new($"{Vault.AbsoluteUri}keys/{Name}{(Version is null ? "" : "/" + Version)}");

    /// <exception cref="ArgumentException">The id is not of that form.</exception>
    public static KeyId Parse(Uri id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var match = id.IsAbsoluteUri ? Form().Match(id.AbsoluteUri) : Match.Empty;
        if (!match.Success)
            throw new ArgumentException($"'{id}' is no key id; one looks like {{vault}}/keys/{{name}}/{{version}}.", nameof(id));
        var version = match.Groups["version"];
        return new KeyId(new Uri(match.Groups["vault"].Value), match.Groups["name"].Value, version.Success ? version.Value : null);
    }

    /// <exception cref="RequestFailedException">400: names have up to 127 letters, digits and dashes. Nothing else ever becomes a path.</exception>
    public static void Check(string name, string? version)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!NameForm().IsMatch(name))
            throw VaultFault.BadParameter($"'{name}' cannot be the name of a key: 1 to 127 letters, digits and dashes.");
        if (version is not null && !VersionForm().IsMatch(version))
            throw VaultFault.BadParameter($"'{version}' cannot be the version of a key: 32 hexadecimal digits.");
    }

    [GeneratedRegex("^(?<vault>.+/)(keys|deletedkeys)/(?<name>[^/]+)(/(?<version>[^/]+))?/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$", RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();

    [GeneratedRegex("^[0-9a-f]{32}$", RegexOptions.NonBacktracking)]
    private static partial Regex VersionForm();
}
