using System.Text.RegularExpressions;

namespace AIaaS.Testing;

/// <summary>The fenced blocks of README.md and docs/, so that tests can run what the documents show.</summary>
public static partial class Documents
{
    public static IReadOnlyList<Snippet> Snippets(string language) =>
    [
        .. from path in Directory.EnumerateFiles(Path.Combine(ProjectRoot.Path, "docs"), "*.md", SearchOption.AllDirectories).Prepend(Path.Combine(ProjectRoot.Path, "README.md"))
           from Match block in Block().Matches(File.ReadAllText(path))
           where block.Groups["language"].Value == language
           select new Snippet(Path.GetRelativePath(ProjectRoot.Path, path), block.Groups["text"].Value),
    ];

    /// <summary>The lines of console blocks that call the tool, without "aiaas", comments and what follows a pipe.</summary>
    public static IEnumerable<Snippet> ToolLines() =>
        from snippet in Snippets("console")
        from line in snippet.Text.Split('\n')
        where line.StartsWith("aiaas ", StringComparison.Ordinal)
        select new Snippet(snippet.Document, Comment().Replace(line, "")["aiaas ".Length..].Split(" | ")[0].TrimEnd(' ', '&'));

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+#.*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}

/// <param name="Document">Path of the document in the repository.</param>
/// <param name="Text">What stands between the fences.</param>
public sealed record Snippet(string Document, string Text);
