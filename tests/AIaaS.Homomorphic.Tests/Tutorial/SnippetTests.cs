using System.Text.RegularExpressions;
using AIaaS.Testing;

namespace AIaaS.Homomorphic.Tests.Tutorial;

/// <summary>Every block of code in privacy/README.md is, word for word, a marked piece of a file that a test runs.</summary>
public sealed partial class SnippetTests
{
    private static readonly string[] Sources =
    [
        "tests/AIaaS.Homomorphic.Tests/Tutorial/FirstStepsTests.cs",
        "tests/AIaaS.Homomorphic.Tests/Tutorial/CircuitSnippetTests.cs",
        "tests/AIaaS.Homomorphic.Tests/Tutorial/BrowserSnippetTests.cs",
        "local/NodeSeal/tutorial.mjs",
    ];

    [Fact]
    public void Readme_EveryBlock_IsATestedSnippet()
    {
        var snippets = Sources.SelectMany(path => Marked().Matches(Text(path))).ToDictionary(match => match.Groups["name"].Value, match => Outdent(match.Groups["code"].Value));
        var blocks = Blocks().Matches(Text("privacy/README.md"));

        blocks.Select(block => block.Groups["name"].Value).ShouldBe(snippets.Keys, ignoreOrder: true);
        foreach (var block in blocks.AsEnumerable()) block.Groups["code"].Value.ShouldBe(snippets[block.Groups["name"].Value]);
    }

    [Fact]
    public void Readme_CodeWithoutAName_IsOnlyForTheShell() =>
        Fences().Count(Text("privacy/README.md")).ShouldBe(Blocks().Count(Text("privacy/README.md")));

    private static string Text(string path) => File.ReadAllText(Path.Combine(ProjectRoot.Path, path));

    private static string Outdent(string code)
    {
        var lines = code.TrimEnd().Split('\n');
        var margin = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length == 0 ? "" : line[margin..]) + "\n"));
    }

    [GeneratedRegex(@"^ *// snippet: (?<name>\w+)\n(?<code>.*?)^ *// end$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^<!-- snippet: (?<name>\w+) -->\n```(csharp|js)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Blocks();

    [GeneratedRegex("^```(csharp|js|cs|javascript)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Fences();
}
