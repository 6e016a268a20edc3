using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Tests.CommandLine;

/// <summary>With --json the service's answer comes out word for word, so its documented shapes are the command line's.</summary>
public sealed class JsonOutputTests
{
    private const string Dataset = """{"name":"d","status":"Ready","version":"0123456789abcdef","digest":"ab","rows":3,"manifestBlob":"m","createdOn":"2026-11-23T17:00:00+00:00","updatedOn":"2026-11-23T17:00:01+00:00","aNewMember":1}""";
    private const string Model = """{"name":"m","versions":[{"model":"m","version":2,"origin":"j","manifestBlob":"b","modelSha256":"0123456789abcdef","sizeBytes":100,"createdOn":"2026-11-23T17:00:00+00:00","metrics":{"accuracy":0.97}}],"aliases":{"latest":2,"production":2}}""";
    private const string Job = """{"id":"j","spec":{"type":"training","dataset":"d","model":"m","task":"classification","family":{"name":"mlp","hidden":[64],"channels":[],"dropout":0},"training":{"numTrainEpochs":10,"perDeviceTrainBatchSize":64,"optimizer":"adam","learningRate":0.001,"lrSchedulerType":"constant","warmupRatio":0,"weightDecay":0,"seed":42,"numThreads":1},"device":"auto","limits":{"timeout":"01:00:00","maxAttempts":3},"tags":{}},"datasetVersion":"v","datasetDigest":"ab","status":"Succeeded","attempt":1,"fence":1,"cancelRequested":false,"modelVersion":2,"createdOn":"2026-11-23T17:00:00+00:00","updatedOn":"2026-11-23T17:00:09+00:00","finishedOn":"2026-11-23T17:00:09+00:00"}""";

    [Theory]
    [InlineData("{\"value\":[" + Dataset + "]}", "datasets", "list")]
    [InlineData(Dataset, "datasets", "show", "d")]
    [InlineData("{\"value\":[" + Job + "]}", "jobs", "list")]
    [InlineData("{\"id\":\"j\",\"status\":\"Succeeded\",\"job\":" + Job + "}", "jobs", "show", "j")]
    [InlineData("{\"id\":\"j\",\"status\":\"Succeeded\",\"job\":" + Job + "}", "jobs", "show", "j", "--watch")]
    [InlineData("{\"value\":[" + Model + "]}", "models", "list")]
    [InlineData(Model, "models", "show", "m")]
    [InlineData(Model, "models", "promote", "m", "2")]
    [InlineData("""{"value":[{"keyName":"dataset-d","scope":{"kind":"Dataset","name":"d"},"version":"1f","versions":1,"enabled":true}]}""", "keys", "list")]
    [InlineData("""{"keyName":"dataset-d","scope":{"kind":"Dataset","name":"d"},"version":"2f","versions":2,"enabled":true}""", "keys", "rotate", "dataset-d")]
    public async Task Json_SuccessfulAnswer_IsPassedOnWordForWord(string answer, params string[] args)
    {
        // A dataset that is not ready shows its record; the report has a shape of its own.
        var body = args is ["datasets", "show", ..] ? answer.Replace("Ready", "Waiting", StringComparison.Ordinal) : answer;
        await using var service = new CannedService(_ => (200, body));

        var run = await CommandRun.Of([.. args, "--json", "--url", service.Url]);

        run.Error.ShouldBeEmpty();
        run.Output.ShouldBe(body + Environment.NewLine);
        run.ExitCode.ShouldBe(ExitCodes.Success);
    }

    [Theory]
    [InlineData("{\"value\":[" + Dataset + "]}", "0123456789abcdef", "datasets", "list")]
    [InlineData("{\"value\":[" + Job + "]}", "m/2", "jobs", "list")]
    [InlineData("{\"id\":\"j\",\"status\":\"Succeeded\",\"job\":" + Job + "}", "version 2 is published in 9.0 s", "jobs", "show", "j")]
    [InlineData("{\"value\":[" + Model + "]}", "latest=2, production=2", "models", "list")]
    [InlineData(Model, "accuracy 0.97", "models", "show", "m")]
    [InlineData("""{"value":[]}""", "There are no keys yet", "keys", "list")]
    public async Task Text_SuccessfulAnswer_IsReadableWithoutColours(string answer, string shown, params string[] args)
    {
        await using var service = new CannedService(_ => (200, answer));

        var run = await CommandRun.Of([.. args, "--url", service.Url]);

        run.ExitCode.ShouldBe(ExitCodes.Success);
        run.Output.ShouldContain(shown);
        run.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Watch_FailedJob_FailsAndSaysWhy()
    {
        var failed = Job.Replace("\"status\":\"Succeeded\"", "\"status\":\"Failed\",\"error\":{\"code\":\"TrainingFailed\",\"message\":\"The loss is not finite.\"}", StringComparison.Ordinal);
        await using var service = new CannedService(_ => (200, $$"""{"id":"j","status":"Failed","job":{{failed}}}"""));

        var run = await CommandRun.Of("jobs", "show", "j", "--watch", "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Output.ShouldContain("The loss is not finite. (TrainingFailed)");
    }
}
