using System.Buffers.Binary;
using System.Text;
using AIaaS.Pipeline.Problems;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Inference.Protocol;

public sealed class BinaryTensorTests
{
    private static readonly (int Type, string Name, int Size)[] Numbers =
    [
        (EchoOnnx.Uint8, "UINT8", 1), (EchoOnnx.Uint16, "UINT16", 2), (EchoOnnx.Uint32, "UINT32", 4), (EchoOnnx.Uint64, "UINT64", 8),
        (EchoOnnx.Int8, "INT8", 1), (EchoOnnx.Int16, "INT16", 2), (EchoOnnx.Int32, "INT32", 4), (EchoOnnx.Int64, "INT64", 8),
        (EchoOnnx.Float16, "FP16", 2), (EchoOnnx.Float, "FP32", 4), (EchoOnnx.Double, "FP64", 8),
    ];

    [Property(MaxTest = 60)]
    public void Binary_AnyBytesOfEachDatatype_ComeBackUnchanged(byte[] bytes, byte which, byte padding)
    {
        var (type, name, size) = Numbers[which % Numbers.Length];
        if (bytes is null || bytes.Length < size) return;
        var count = bytes.Length / size;
        var tensor = bytes[..(count * size)];
        using var model = new EchoModel((EchoOnnx.Uint8, [-1]), (type, [-1]));
        // The odd tensor in front, and the id, put the other one on every alignment there is.
        var json = $$$"""{"id":"{{{new string('p', padding % 64)}}}","inputs":[{"name":"x0","shape":[3],"datatype":"UINT8","parameters":{"binary_data_size":3}},{"name":"x1","shape":[{{{count}}}],"datatype":"{{{name}}}","parameters":{"binary_data_size":{{{tensor.Length}}}}}],"parameters":{"binary_data_output":true}}""";

        var answer = model.Ask(json, [1, 2, 3], tensor);

        answer.Binary.ShouldBe([1, 2, 3, .. tensor]);
        answer.Output(1).GetProperty("parameters").GetProperty("binary_data_size").GetInt32().ShouldBe(tensor.Length);
        answer.Output(1).TryGetProperty("data", out _).ShouldBeFalse();
    }

    [Property(MaxTest = 40)]
    public void Binary_AnyStrings_ComeBackUnchanged(string?[] texts)
    {
        var bytes = Strings((texts ?? []).Append("a\0b").Select(text => Encoding.UTF8.GetBytes(text ?? "")));
        using var model = new EchoModel((EchoOnnx.String, [-1]));

        var answer = model.Ask(
            $$$"""{"inputs":[{"name":"x0","shape":[{{{(texts?.Length ?? 0) + 1}}}],"datatype":"BYTES","parameters":{"binary_data_size":{{{bytes.Length}}}}}],"outputs":[{"name":"y0","parameters":{"binary_data":true}}]}""", bytes);

        answer.Binary.ShouldBe(bytes);
    }

    [Fact]
    public void Binary_MixedWithJson_EachOutputAsAsked()
    {
        using var model = new EchoModel((EchoOnnx.Int32, [-1]), (EchoOnnx.Int32, [-1]));

        var answer = model.Ask(
            """{"inputs":[{"name":"x0","shape":[1],"datatype":"INT32","data":[5]},{"name":"x1","shape":[1],"datatype":"INT32","parameters":{"binary_data_size":4}}],"outputs":[{"name":"y1","parameters":{"binary_data":false}},{"name":"y0"}],"parameters":{"binary_data_output":true}}""",
            Little(6));

        answer.Output(0).GetProperty("name").GetString().ShouldBe("y1");
        answer.Data(0).ShouldBe("[6]");
        answer.Output(1).GetProperty("name").GetString().ShouldBe("y0");
        answer.Binary.ShouldBe(Little(5));
    }

    [Fact]
    public void Raw_OneInput_ShapeFromTheLength()
    {
        using var model = new EchoModel((EchoOnnx.Uint8, [-1, 2, 2]));

        var answer = model.Ask([1, 2, 3, 4, 5, 6, 7, 8], jsonLength: 0);

        answer.Output(0).GetProperty("shape").GetRawText().ShouldBe("[2,2,2]");
        answer.Binary.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    [Fact]
    public void Raw_Bytes_AreOneString()
    {
        using var model = new EchoModel((EchoOnnx.String, [-1, 1]));

        var answer = model.Ask("hello"u8.ToArray(), jsonLength: 0);

        answer.Binary.ShouldBe([5, 0, 0, 0, .. "hello"u8]);
        answer.Output(0).GetProperty("shape").GetRawText().ShouldBe("[1,1]");
    }

    [Fact]
    public void Raw_TwoInputsOrOddLength_AreRefused()
    {
        using var two = new EchoModel((EchoOnnx.Uint8, [-1]), (EchoOnnx.Uint8, [-1]));
        using var one = new EchoModel((EchoOnnx.Float, [-1, 2]));

        Should.Throw<PipelineException>(() => two.Ask([1], jsonLength: 0)).Code.ShouldBe(ProblemCodes.TensorInvalid);
        Should.Throw<PipelineException>(() => one.Ask([1, 2, 3], jsonLength: 0)).Code.ShouldBe(ProblemCodes.TensorInvalid);
        Should.Throw<PipelineException>(() => one.Ask([], jsonLength: 0)).Code.ShouldBe(ProblemCodes.TensorInvalid);
    }

    [Theory]
    [InlineData(3, 8, 8)] // the shape takes more than there is
    [InlineData(1, 8, 8)] // the shape takes less
    [InlineData(3, 12, 8)] // more announced than sent
    [InlineData(2, 8, 12)] // more sent than announced
    [InlineData(3, -1, 12)]
    [InlineData(3, int.MaxValue, 12)]
    public void Binary_SizesThatDisagree_AreRefused(int count, int announced, int sent)
    {
        using var model = new EchoModel((EchoOnnx.Float, [-1]));

        var problem = Should.Throw<PipelineException>(() => model.Ask(
            $$$"""{"inputs":[{"name":"x0","shape":[{{{count}}}],"datatype":"FP32","parameters":{"binary_data_size":{{{announced}}}}}]}""", new byte[sent]));

        problem.Code.Status.ShouldBe(400);
    }

    [Fact]
    public void Binary_HeaderLongerThanBody_IsRefused()
    {
        using var model = new EchoModel((EchoOnnx.Float, [-1]));

        Should.Throw<PipelineException>(() => model.Ask("{}"u8.ToArray(), jsonLength: 3)).Code.ShouldBe(ProblemCodes.InvalidRequest);
    }

    [Fact]
    public void Binary_WithoutHeader_IsRefused()
    {
        using var model = new EchoModel((EchoOnnx.Float, [-1]));

        Should.Throw<PipelineException>(() => model.Ask("""{"inputs":[{"name":"x0","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}}]}"""))
            .Message.ShouldContain("Inference-Header-Content-Length");
    }

    [Fact]
    public void Binary_BoolOtherThanZeroOrOne_IsRefused()
    {
        using var model = new EchoModel((EchoOnnx.Bool, [-1]));
        const string Json = """{"inputs":[{"name":"x0","shape":[2],"datatype":"BOOL","parameters":{"binary_data_size":2}}]}""";

        model.Ask(Json, [0, 1]).Data().ShouldBe("[false,true]");
        Should.Throw<PipelineException>(() => model.Ask(Json, [0, 2])).Code.ShouldBe(ProblemCodes.TensorInvalid);
    }

    [Theory]
    [InlineData(2, new byte[] { 1, 0, 0, 0, 65 })] // the second string is missing
    [InlineData(1, new byte[] { 2, 0, 0, 0, 65 })] // longer than what is left
    [InlineData(1, new byte[] { 255, 255, 255, 255, 65 })]
    [InlineData(1, new byte[] { 1, 0, 0, 0, 65, 66 })] // something is left
    [InlineData(1, new byte[] { 1, 0, 0 })]
    public void Binary_BrokenStrings_AreRefused(int count, byte[] bytes)
    {
        using var model = new EchoModel((EchoOnnx.String, [-1]));

        Should.Throw<PipelineException>(() => model.Ask(
                $$$"""{"inputs":[{"name":"x0","shape":[{{{count}}}],"datatype":"BYTES","parameters":{"binary_data_size":{{{bytes.Length}}}}}]}""", bytes))
            .Code.ShouldBe(ProblemCodes.TensorInvalid);
    }

    private static byte[] Little(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Strings(IEnumerable<byte[]> texts) => [.. texts.SelectMany(text => Little(text.Length).Concat(text))];
}
