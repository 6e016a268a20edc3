using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// The path of a blob trigger: <c>container/some/{part}/{other}.csv</c>. As in Functions a part is greedy and may hold
/// slashes: of <c>a/b/c</c>, <c>{x}/{y}</c> takes x = <c>a/b</c>.
/// </summary>
internal sealed partial class BlobPathPattern
{
    private readonly Regex _blob;

    /// <exception cref="FunctionsStartupException">The text is no container, slash and pattern.</exception>
    public BlobPathPattern(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash == path.Length - 1 || !ContainerName().IsMatch(path.AsSpan(0, slash)))
            throw new FunctionsStartupException($"blob path '{path}' must be a container name, a slash and a blob name pattern, for instance 'datasets/{{name}}'.");
        Container = path[..slash];
        var pattern = path[(slash + 1)..];
        var brace = pattern.IndexOf('{', StringComparison.Ordinal);
        Prefix = brace < 0 ? pattern : pattern[..brace];

        var names = new List<string>();
        var expression = new StringBuilder("^");
        var rest = pattern;
        while (rest.Length > 0)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            expression.Append(Regex.Escape(open < 0 ? rest : rest[..open]));
            if (open < 0) break;
            var close = rest.IndexOf('}', open);
            var name = close < 0 ? "" : rest[(open + 1)..close];
            if (!PartName().IsMatch(name) || names.Contains(name, StringComparer.Ordinal))
                throw new FunctionsStartupException($"blob path '{path}' has a part '{rest[open..]}' that is no name in braces, or the same name twice.");
            names.Add(name);
            expression.Append("(?<").Append(name).Append(">.+)");
            rest = rest[(close + 1)..];
        }
        Names = names;
        // Non-backtracking: a hostile blob name costs time in proportion to its length.
        _blob = new Regex(expression.Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    public string Container { get; }

    /// <summary>What every matching blob's name starts with.</summary>
    public string Prefix { get; }

    /// <summary>Names of the parts, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <returns>The parts by name, or null when the blob does not match.</returns>
    public IReadOnlyDictionary<string, string>? Match(string blob) => _blob.Match(blob) is { Success: true } match
        ? Names.ToDictionary(name => name, name => match.Groups[name].Value, StringComparer.OrdinalIgnoreCase)
        : null;

    [GeneratedRegex(@"^(\$web|[a-z0-9](-?[a-z0-9]){2,62})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContainerName();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartName();
}
