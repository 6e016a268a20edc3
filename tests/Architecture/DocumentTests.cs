using System.Text.Json;
using System.Text.RegularExpressions;

namespace AIaaS.Architecture.Tests;

/// <summary>What the documents point at is there, and what they show as JSON is JSON.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void RelativeLinks_AllDocuments_LeadSomewhere()
    {
        var broken =
            from document in Repository.Files("*.md")
            from Match link in Link().Matches(File.ReadAllText(document))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target))
            select $"{Repository.Relative(document)}: {target}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void JsonBlocks_AllDocuments_Parse()
    {
        var broken =
            from document in Repository.Files("*.md")
            from Match block in JsonBlock().Matches(File.ReadAllText(document))
            let fault = Fault(block.Groups["text"].Value)
            where fault is not null
            select $"{Repository.Relative(document)}: {fault}";
        broken.ShouldBeEmpty();
    }

    private static string? Fault(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            return null;
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^```json\n(?<text>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JsonBlock();
}
