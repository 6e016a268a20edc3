using System.Globalization;
using System.Text.Json;
using AIaaS.EndToEnd.MainJob;
using AIaaS.Testing;

namespace AIaaS.EndToEnd.Docs;

/// <summary>The README's tour, line by line, as a user would type it.</summary>
public sealed class ReadmeTourTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aiaas-e2e-tour-");

    [Fact]
    public async Task Tour_TypedAsItStands_EveryCommandSucceeds()
    {
        var data = Path.Combine(_folder.FullName, "data");
        var file = WriteIris();
        await using var up = await RunningUp.StartAsync(data);
        var lines = Documents.ToolLines()
            .Where(line => line.Document == "README.md" && line.Text is not "up" && !line.Text.StartsWith("demo", StringComparison.Ordinal))
            .Select(line => Words(line.Text).Select(word => word == "iris.csv" ? file : word).ToArray())
            .ToList();

        lines.Count.ShouldBeGreaterThan(5);
        foreach (var words in lines)
        {
            var result = await CommandLineTool.RunAsync(data, words);
            result.ExitCode.ShouldBe(0, $"aiaas {string.Join(' ', words)}\n{result.Output}\n{result.Error}");
        }
        await PostsWhatCurlPostsAsync(data);
    }

    private static async Task PostsWhatCurlPostsAsync(string data)
    {
        var curl = Documents.Snippets("console").Single(snippet => snippet.Document == "README.md" && snippet.Text.StartsWith("curl", StringComparison.Ordinal)).Text;
        var endpoint = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(data, "endpoint.json"), TestContext.Current.CancellationToken)).RootElement;
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-functions-key", endpoint.GetProperty("key").GetString());
        using var body = new StringContent(curl.Split('\'')[1]);
        using var answer = await client.PostAsync(new Uri(new Uri(endpoint.GetProperty("url").GetString()!), "v2/models/iris/infer"), body, TestContext.Current.CancellationToken);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        text.ShouldContain("\"setosa\"");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Words as a POSIX shell splits them, single quotes only: the README uses no others.</summary>
    private static IEnumerable<string> Words(string line) =>
        line.Split('\'').SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>150 flowers with the columns of the iris table, from a seed.</summary>
    private string WriteIris()
    {
        var random = new Random(3);
        (string Name, double[] Means)[] kinds = [("setosa", [5.0, 3.4, 1.5, 0.2]), ("versicolor", [5.9, 2.8, 4.3, 1.3]), ("virginica", [6.6, 3.0, 5.6, 2.0])];
        var path = Path.Combine(_folder.FullName, "iris.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 150)
            .Select(index => kinds[index % 3])
            .Select(kind => string.Join(',', kind.Means.Select(mean => (mean + 0.3 * (random.NextDouble() - 0.5)).ToString("0.00", CultureInfo.InvariantCulture)).Append(kind.Name)))
            .Prepend("sepal_length,sepal_width,petal_length,petal_width,species"));
        return path;
    }
}
