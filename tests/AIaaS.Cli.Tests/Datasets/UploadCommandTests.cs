using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Tests.Datasets;

public sealed class UploadCommandTests
{
    private const string Record = """{"name":"d","status":"Ingesting","rows":0,"createdOn":"2026-11-23T17:00:00+00:00","updatedOn":"2026-11-23T17:00:01+00:00"}""";

    [Fact]
    public async Task Upload_OneFile_SendsItAndNothingElse()
    {
        await using var service = Service();
        using var folder = new TemporaryFolder();

        var run = await CommandRun.Of("upload", "d", folder.Write("a b.csv", "x\n1\n"), "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.Success);
        Puts(service).ShouldBe(["PUT /datasets/d/a%20b.csv"]);
        service.Asked[^1].Body.ShouldBe("x\n1\n");
    }

    [Fact]
    public async Task Upload_SeveralFiles_AnnouncesThemFirst()
    {
        await using var service = Service();
        using var folder = new TemporaryFolder();

        await CommandRun.Of("upload", "d", folder.Write("b.csv", "x\n1\n"), folder.Write("a.csv", "x\n2\n"), "--url", service.Url);

        Puts(service).ShouldBe(["PUT /datasets/d/dataset.yaml", "PUT /datasets/d/a.csv", "PUT /datasets/d/b.csv"]);
    }

    [Fact]
    public async Task Upload_DatasetYamlAmongTheFiles_GoesFirstAsItIs()
    {
        await using var service = Service();
        using var folder = new TemporaryFolder();

        await CommandRun.Of("upload", "d", folder.Write("a.csv", "x\n2\n"), folder.Write("dataset.yaml", "label: x\n"), "--url", service.Url);

        Puts(service).ShouldBe(["PUT /datasets/d/dataset.yaml", "PUT /datasets/d/a.csv"]);
        service.Asked.Single(asked => asked.Request.EndsWith("dataset.yaml", StringComparison.Ordinal)).Body.ShouldBe("label: x\n");
    }

    [Fact]
    public async Task Upload_OptionsAndDatasetYaml_SendsNothing()
    {
        await using var service = Service();
        using var folder = new TemporaryFolder();

        var run = await CommandRun.Of("upload", "d", folder.Write("a.csv", "x\n2\n"), folder.Write("dataset.yaml", ""), "--label", "x", "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        Puts(service).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_NoSuchFile_IsAUsageError()
    {
        var run = await CommandRun.Of("upload", "d", "no-such-file.csv");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("no-such-file.csv");
    }

    private static CannedService Service() => new(request => request.StartsWith("GET", StringComparison.Ordinal) ? (404, "") : (202, Record));

    private static IEnumerable<string> Puts(CannedService service) => service.Asked.Select(asked => asked.Request).Where(request => request.StartsWith("PUT", StringComparison.Ordinal));
}
