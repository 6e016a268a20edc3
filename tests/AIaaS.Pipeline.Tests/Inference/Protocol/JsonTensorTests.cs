using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Tests.Inference.Protocol;

public sealed class JsonTensorTests
{
    [Theory]
    [InlineData(EchoOnnx.Bool, "BOOL", "[true,false]")]
    [InlineData(EchoOnnx.Uint8, "UINT8", "[0,255]")]
    [InlineData(EchoOnnx.Uint16, "UINT16", "[0,65535]")]
    [InlineData(EchoOnnx.Uint32, "UINT32", "[0,4294967295]")]
    [InlineData(EchoOnnx.Uint64, "UINT64", "[0,18446744073709551615]")]
    [InlineData(EchoOnnx.Int8, "INT8", "[-128,127]")]
    [InlineData(EchoOnnx.Int16, "INT16", "[-32768,32767]")]
    [InlineData(EchoOnnx.Int32, "INT32", "[-2147483648,2147483647]")]
    [InlineData(EchoOnnx.Int64, "INT64", "[-9223372036854775808,9223372036854775807]")]
    [InlineData(EchoOnnx.Float, "FP32", "[-0.1,3.4028235E+38]")]
    [InlineData(EchoOnnx.Double, "FP64", "[0.1,-1.7976931348623157E+308]")]
    [InlineData(EchoOnnx.String, "BYTES", "[\"\",\"naïve \\\"日本\\\"\"]")]
    public void Json_EachDatatype_ComesBack(int type, string datatype, string data)
    {
        using var model = new EchoModel((type, [-1]));

        var answer = model.Ask($$$"""{"inputs":[{"name":"x0","shape":[2],"datatype":"{{{datatype}}}","data":{{{data}}}}]}""");

        answer.Data().ShouldBe(data);
        answer.Output(0).GetProperty("datatype").GetString().ShouldBe(datatype);
        answer.Output(0).GetProperty("shape").GetRawText().ShouldBe("[2]");
        answer.JsonLength.ShouldBeNull();
    }

    [Theory]
    [InlineData("[1,2,3,4,5,6,7,8]")]
    [InlineData("[[[1,2],[3,4]],[[5,6],[7,8]]]")]
    public void Json_FlatOrNested_MeansTheSame(string data)
    {
        using var model = new EchoModel((EchoOnnx.Float, [-1, 2, 2]));

        model.Ask($$$"""{"inputs":[{"name":"x0","shape":[2,2,2],"datatype":"FP32","data":{{{data}}}}]}""").Data().ShouldBe("[1,2,3,4,5,6,7,8]");
    }

    [Theory]
    [InlineData("[[1,2],[3,4],[5,6],[7,8]]")]
    [InlineData("[[[1,2],[3,4]],[[5,6],[7]]]")]
    [InlineData("[[[1,2],[3,4]],[[5,6],[7,8,9]]]")]
    [InlineData("[[[1,2],[3,4]]]")]
    [InlineData("[1,2,3,4,5,6,7]")]
    [InlineData("[1,2,3,4,5,6,7,8,9]")]
    [InlineData("[[1,2,3,4,5,6,7,8]]")]
    [InlineData("[1,2,3,4,[5],6,7,8]")]
    public void Json_DataUnlikeItsShape_IsRefused(string data)
    {
        using var model = new EchoModel((EchoOnnx.Float, [-1, 2, 2]));

        Refusal(() => model.Ask($$$"""{"inputs":[{"name":"x0","shape":[2,2,2],"datatype":"FP32","data":{{{data}}}}]}"""))
            .Message.ShouldContain("x0");
    }

    [Fact]
    public void Json_DataBeforeShapeAndDatatype_IsRead()
    {
        using var model = new EchoModel((EchoOnnx.Int32, [-1]));

        model.Ask("""{"inputs":[{"data":[7,8],"parameters":{"note":"x"},"datatype":"INT32","shape":[2],"name":"x0"}]}""").Data().ShouldBe("[7,8]");
    }

    [Theory]
    [InlineData(EchoOnnx.Uint8, "UINT8", "[256]")]
    [InlineData(EchoOnnx.Uint8, "UINT8", "[-1]")]
    [InlineData(EchoOnnx.Int32, "INT32", "[1.5]")]
    [InlineData(EchoOnnx.Int32, "INT32", "[\"1\"]")]
    [InlineData(EchoOnnx.Int32, "INT32", "[null]")]
    [InlineData(EchoOnnx.Int64, "INT64", "[9223372036854775808]")]
    [InlineData(EchoOnnx.Float, "FP32", "[1e39]")]
    [InlineData(EchoOnnx.Double, "FP64", "[1e999]")]
    [InlineData(EchoOnnx.Bool, "BOOL", "[1]")]
    [InlineData(EchoOnnx.String, "BYTES", "[1]")]
    public void Json_ElementOfAnotherKind_IsRefused(int type, string datatype, string data)
    {
        using var model = new EchoModel((type, [-1]));

        Refusal(() => model.Ask($$$"""{"inputs":[{"name":"x0","shape":[1],"datatype":"{{{datatype}}}","data":{{{data}}}}]}"""))
            .Message.ShouldContain(datatype);
    }

    [Fact]
    public void Json_NullInFloats_IsNaNBothWays()
    {
        using var model = new EchoModel((EchoOnnx.Double, [-1]));

        model.Ask("""{"inputs":[{"name":"x0","shape":[3],"datatype":"FP64","data":[1,null,2]}]}""").Data().ShouldBe("[1,null,2]");
    }

    [Fact]
    public void Json_HalfPrecision_MustBeBinary()
    {
        using var model = new EchoModel((EchoOnnx.Float16, [-1]));
        const string Binary = """{"inputs":[{"name":"x0","shape":[1],"datatype":"FP16","parameters":{"binary_data_size":2}}]}""";

        Refusal(() => model.Ask("""{"inputs":[{"name":"x0","shape":[1],"datatype":"FP16","data":[1]}]}""")).Message.ShouldContain("binary");
        Should.Throw<PipelineException>(() => model.Ask(Binary, [0x00, 0x3C])).Message.ShouldContain("binary_data");
    }

    private static PipelineException Refusal(Action ask)
    {
        var problem = Should.Throw<PipelineException>(ask);
        problem.Code.ShouldBe(ProblemCodes.TensorInvalid);
        return problem;
    }
}
