using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Tests.Inference.Protocol;

public sealed class RequestFormTests : IDisposable
{
    private const string Good = """{"name":"x0","shape":[1,2],"datatype":"FP32","data":[1,2]}""";

    private readonly EchoModel _model = new((EchoOnnx.Float, [-1, 2]));

    [Theory]
    [InlineData("42")]
    [InlineData("")]
    [InlineData("a \\\"quoted\\\" \\\\ äöü 日本 <b>&amp;</b>")]
    public void Id_Given_IsEchoed(string id)
    {
        var answer = _model.Ask($$$"""{"id":"{{{id}}}","inputs":[{{{Good}}}]}""");

        answer.Json.GetProperty("id").GetRawText().ShouldBe($"\"{id}\"");
        answer.Json.GetProperty("model_name").GetString().ShouldBe("echo");
        answer.Json.GetProperty("model_version").GetString().ShouldBe("3");
    }

    [Fact]
    public void Id_Absent_IsNotInvented() => _model.Ask($$$"""{"inputs":[{{{Good}}}]}""").Json.TryGetProperty("id", out _).ShouldBeFalse();

    [Fact]
    public void Batch_AnySize_RunsAlongTheFirstDimension()
    {
        var data = string.Join(',', Enumerable.Range(0, 200));

        _model.Ask($$$"""{"inputs":[{"name":"x0","shape":[100,2],"datatype":"FP32","data":[{{{data}}}]}]}""").Data().ShouldBe($"[{data}]");
    }

    [Theory]
    [InlineData("""{"name":"x0","shape":[1,3],"datatype":"FP32","data":[1,2,3]}""", "[1,3]")]
    [InlineData("""{"name":"x0","shape":[2],"datatype":"FP32","data":[1,2]}""", "[2]")]
    [InlineData("""{"name":"x0","shape":[0,2],"datatype":"FP32","data":[]}""", "at least 1")]
    [InlineData("""{"name":"x0","shape":[-1,2],"datatype":"FP32","data":[1,2]}""", "at least 1")]
    [InlineData("""{"name":"x0","shape":[4611686018427387904,2],"datatype":"FP32","data":[1,2]}""", "at least 1")]
    [InlineData("""{"name":"x0","shape":[2000000000,2],"datatype":"FP32","data":[1,2]}""", "at least 1")]
    [InlineData("""{"name":"x0","shape":[1000000000,2],"datatype":"FP32","data":[1,2]}""", "2000000000")]
    [InlineData("""{"name":"x0","shape":[1,2],"datatype":"FP64","data":[1,2]}""", "FP64")]
    [InlineData("""{"name":"x0","shape":[1,2],"datatype":"FLOAT","data":[1,2]}""", "datatype")]
    [InlineData("""{"name":"y","shape":[1,2],"datatype":"FP32","data":[1,2]}""", "no input")]
    [InlineData("""{"name":"x0","shape":[1,2],"datatype":"FP32"}""", "neither")]
    [InlineData("""{"name":"x0","shape":[1,2],"data":[1,2]}""", "datatype")]
    [InlineData("""{"name":"x0","datatype":"FP32","data":[1,2]}""", "shape")]
    [InlineData("""{"name":"x0","shape":[1,2],"datatype":"FP32","data":5}""", "array")]
    public void Input_UnlikeTheModel_SaysWhatTheModelTakes(string input, string said)
    {
        var problem = Should.Throw<PipelineException>(() => _model.Ask($$$"""{"inputs":[{{{input}}}]}"""));

        problem.Code.ShouldBe(ProblemCodes.TensorInvalid);
        problem.Message.ShouldContain(said);
        problem.Message.ShouldContain("x0 FP32 [-1,2]");
    }

    [Fact]
    public void Input_Missing_SaysWhatTheModelTakes()
    {
        var problem = Should.Throw<PipelineException>(() => _model.Ask("""{"inputs":[]}"""));

        problem.Code.ShouldBe(ProblemCodes.TensorInvalid);
        problem.Message.ShouldContain("x0 FP32 [-1,2]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"inputs\":")]
    [InlineData("{\"inputs\":{}}")]
    [InlineData("{\"inputs\":[5]}")]
    [InlineData("{\"inputs\":[{\"name\":5}]}")]
    [InlineData("{\"inputs\":[{\"name\":\"x0\",\"shape\":5}]}")]
    [InlineData("{\"inputs\":[{\"name\":\"x0\",\"shape\":[1.5]}]}")]
    [InlineData("{\"inputs\":[{\"name\":\"x0\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}")]
    [InlineData("{\"inputs\":[{\"name\":\"x0\",\"name\":\"x0\"}]}")]
    [InlineData("{\"inputs\":[{\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}")]
    [InlineData("{\"inputs\":[{\"name\":\"x0\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2],\"data\":[1,2]}]}")]
    [InlineData("{\"id\":5,\"inputs\":[]}")]
    [InlineData("{\"id\":\"\\ud800\",\"inputs\":[]}")]
    [InlineData("{\"parameters\":[],\"inputs\":[]}")]
    [InlineData("{\"parameters\":{\"a\":{}},\"inputs\":[]}")]
    [InlineData("{\"inputs\":[]} x")]
    public void Request_Malformed_IsInvalid(string json)
    {
        var problem = Should.Throw<PipelineException>(() => _model.Ask(json));

        problem.Code.Status.ShouldBe(400);
    }

    [Fact]
    public void Request_InputGivenTwice_IsInvalid() =>
        Should.Throw<PipelineException>(() => _model.Ask($$$"""{"inputs":[{{{Good}}},{{{Good}}}]}""")).Code.ShouldBe(ProblemCodes.InvalidRequest);

    [Theory]
    [InlineData("""[{"name":"y9"}]""")]
    [InlineData("""[{"name":"y0"},{"name":"y0"}]""")]
    [InlineData("""[{}]""")]
    [InlineData("""{}""")]
    [InlineData("""[5]""")]
    public void Outputs_UnknownOrMalformed_AreRefused(string outputs) =>
        Should.Throw<PipelineException>(() => _model.Ask($$$"""{"inputs":[{{{Good}}}],"outputs":{{{outputs}}}}""")).Code.Status.ShouldBe(400);

    [Fact]
    public void Request_NestedTooDeep_IsInvalid()
    {
        var deep = new string('[', 100_000);

        Should.Throw<PipelineException>(() => _model.Ask($$$"""{"inputs":[{"name":"x0","shape":[1,2],"datatype":"FP32","data":{{{deep}}}"""))
            .Code.Status.ShouldBe(400);
    }

    [Fact]
    public void Request_FieldsOfOtherServers_AreSkipped() =>
        _model.Ask($$$"""{"model_name":"x","extra":{"deep":[1,{"a":2}]},"parameters":null,"outputs":null,"id":null,"inputs":[{{{Good}}}]}""").Data().ShouldBe("[1,2]");

    public void Dispose() => _model.Dispose();
}
