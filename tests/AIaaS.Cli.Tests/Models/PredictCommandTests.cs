using System.Text.Json;
using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Tests.Models;

public sealed class PredictCommandTests
{
    private const string Signature = """{"name":"t","versions":["1"],"platform":"onnx_onnxv1","inputs":[{"name":"x","datatype":"FP32","shape":[-1,2]}],"outputs":[{"name":"label","datatype":"BYTES","shape":[-1]}]}""";

    [Fact]
    public async Task Predict_TwoSamples_ReportsLabelAndProbabilityOfEach()
    {
        await using var service = new CannedService(request => (200, request.StartsWith("GET", StringComparison.Ordinal)
            ? Signature
            : """{"model_name":"t","model_version":"3","outputs":[{"name":"label","datatype":"BYTES","shape":[2],"data":["yes","no"]},{"name":"probabilities","datatype":"FP32","shape":[2,2],"data":[0.75,0.25,0.1,0.9]}]}"""));

        var run = await CommandRun.Of("predict", "t", "--data", "[[1,2],[3,4]]", "--json", "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.Success);
        using var report = JsonDocument.Parse(run.Output);
        report.RootElement.GetProperty("version").GetString().ShouldBe("3");
        var predictions = report.RootElement.GetProperty("predictions");
        predictions.EnumerateArray().Select(one => one.GetProperty("label").GetString()).ShouldBe(["yes", "no"]);
        predictions.EnumerateArray().Select(one => one.GetProperty("probability").GetDouble()).ShouldBe([0.75, 0.9]);
        predictions[1].GetProperty("outputs").GetProperty("probabilities").EnumerateArray().Select(one => one.GetDouble()).ShouldBe([0.1, 0.9]);
    }

    [Fact]
    public async Task Predict_UnknownModel_IsNotFound()
    {
        await using var service = new CannedService(_ => (404, """{"error":"There is no model 'nope'."}"""));

        var run = await CommandRun.Of("predict", "nope", "--data", "[1]", "--url", service.Url);

        run.ExitCode.ShouldBe(ExitCodes.NotFound);
        run.Error.ShouldContain("There is no model 'nope'.");
    }

    [Fact]
    public async Task Predict_FileAndData_IsAUsageError()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.Of("predict", "t", folder.Write("x.json", "[1]"), "--data", "[1]");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
    }
}
