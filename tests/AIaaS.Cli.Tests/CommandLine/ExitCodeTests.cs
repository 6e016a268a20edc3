using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Local;

namespace AIaaS.Cli.Tests.CommandLine;

public sealed class ExitCodeTests
{
    [Fact]
    public async Task Run_NoServiceKnown_IsUnreachableAndSaysHowToStartOne()
    {
        var run = await CommandRun.Of("datasets", "list");

        run.ExitCode.ShouldBe(ExitCodes.Unreachable);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("aiaas up");
    }

    [Fact]
    public async Task Run_NobodyListens_IsUnreachable()
    {
        var run = await CommandRun.Of("jobs", "list", "--url", $"http://127.0.0.1:{FreePort.Any()}");

        run.ExitCode.ShouldBe(ExitCodes.Unreachable);
    }

    [Fact]
    public async Task Run_KeyRefused_IsAccessDenied()
    {
        await using var service = new CannedService(_ => (401, ""));

        var run = await CommandRun.Of("models", "list", "--url", service.Url, "--key", "wrong");

        run.ExitCode.ShouldBe(ExitCodes.AccessDenied);
        service.Asked.ShouldHaveSingleItem().Key.ShouldBe("wrong");
        run.Error.ShouldContain("--key");
        run.Error.ShouldNotContain("wrong");
    }

    [Fact]
    public async Task Run_UnknownDataset_IsNotFoundWithTheServicesWords()
    {
        await using var service = new CannedService(_ => (404, """{"code":"DatasetNotFound","title":"There is no such dataset.","detail":"There is no dataset 'nope'.","status":404}"""));

        var run = await CommandRun.Of("datasets", "show", "nope", "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.NotFound);
        run.Error.ShouldContain("There is no dataset 'nope'. (DatasetNotFound)");
        run.Error.ShouldContain("aiaas datasets list");
    }

    [Fact]
    public async Task Run_ProblemWithFaults_ListsEachOne()
    {
        await using var service = new CannedService(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? (404, "")
            : (400, """{"code":"JobInvalid","detail":"The job file has 2 faults.","errors":[{"pointer":"/training/seed","detail":"must be 0 or more"},{"pointer":"/family","detail":"is unknown"}]}"""));
        using var folder = new TemporaryFolder();

        var run = await CommandRun.Of("train", folder.Write("job.yaml", "dataset: d\ntask: classification\nfamily: x\n"), "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("/training/seed: must be 0 or more");
        run.Error.ShouldContain("/family: is unknown");
    }

    [Fact]
    public async Task Run_SomethingElseAnswers_SaysSo()
    {
        await using var service = new CannedService(_ => (200, "<html>It works!</html>"));

        var run = await CommandRun.Of("keys", "list", "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.Unreachable);
        run.Error.ShouldContain("does not speak this API");
    }

    [Theory]
    [InlineData("datasets", "lst")]
    [InlineData("upload", "x")]
    [InlineData("up", "--port", "99999")]
    [InlineData("up", "--jobs", "0")]
    [InlineData("train")]
    [InlineData("train", "--family", "transformer")]
    [InlineData("predict", "m")]
    [InlineData("datasets", "list", "--url", "not an address")]
    public async Task Run_WrongCommandLine_IsAUsageErrorWithANextStep(params string[] args)
    {
        var run = await CommandRun.Of(args);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("next:");
    }

    [Fact]
    public async Task Run_DeleteWithNobodyToAsk_DoesNothing()
    {
        await using var service = new CannedService(_ => (204, ""));

        var run = await CommandRun.Of("datasets", "delete", "d", "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("--yes");
        service.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_ErrorWithJson_IsOneJsonObjectOnStandardError()
    {
        var run = await CommandRun.Of("datasets", "list", "--json");

        run.Output.ShouldBeEmpty();
        using var report = JsonDocument.Parse(run.Error);
        report.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(ExitCodes.Unreachable);
        report.RootElement.GetProperty("next").GetString()!.ShouldContain("aiaas up");
    }
}
