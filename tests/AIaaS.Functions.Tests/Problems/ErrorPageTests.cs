using System.Text.RegularExpressions;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.Problems;

public sealed partial class ErrorPageTests
{
    [Fact]
    public void Errors_Page_ListsEveryCodeWithStatusAndTitle()
    {
        var listed = Row().Matches(File.ReadAllText(Path.Combine(ProjectRoot.Path, "docs", "errors.md")))
            .Select(match => (match.Groups["code"].Value, match.Groups["status"].Value, match.Groups["title"].Value));

        listed.ShouldBe(ProblemCodes.All.Values.Select(code => (code.Code, code.Status.ToString(), code.Title)), ignoreOrder: true);
    }

    [GeneratedRegex(@"^\| `(?<code>\w+)` \| (?<status>\d{3}) \| (?<title>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
