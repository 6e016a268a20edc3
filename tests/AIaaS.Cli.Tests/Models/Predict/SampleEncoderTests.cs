using System.Text;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Models.Predict;

namespace AIaaS.Cli.Tests.Models.Predict;

public sealed class SampleEncoderTests
{
    private static readonly ModelSignature Table = new("t", ["1"], [new("age", "FP64", [-1, 1]), new("city", "BYTES", [-1, 1])], []);
    private static readonly ModelSignature Image = new("i", ["1"], [new("image", "UINT8", [-1, 2, 2, 1])], []);

    [Fact]
    public void Encode_Rows_GoToTheInputOfTheirName()
    {
        var inputs = Encode(Table, """[{"city":"Köln","age":41.5,"ignored":1},{"age":null}]""");

        inputs[0].Samples.Select(sample => BitConverter.ToDouble(sample)).ShouldBe([41.5, double.NaN]);
        inputs[1].Samples[0].ShouldBe([5, 0, 0, 0, .. Encoding.UTF8.GetBytes("Köln")]);
        inputs[1].Samples[1].ShouldBe([0, 0, 0, 0]);
        inputs[1].Shape(2).ShouldBe([2, 1]);
    }

    [Theory]
    [InlineData("[[1,2],[3,255]]", 1)]
    [InlineData("[[1,2,3,4],[5,6,7,8]]", 2)]
    [InlineData("1,2,3,4\n5,6,7,8\n0,0,0,0\n", 3)]
    public void Encode_Tensor_IsCutIntoSamples(string text, int samples)
    {
        var input = Encode(Image, text).ShouldHaveSingleItem();

        input.Samples.Count.ShouldBe(samples);
        input.Samples.ShouldAllBe(sample => sample.Length == 4);
        input.Shape(samples).ShouldBe([samples, 2, 2, 1]);
    }

    [Theory]
    [InlineData("""{"age":"old","city":"x"}""", "'old' in row 1 is no number")]
    [InlineData("""{"city":"x"}""", "age (number), city (text)")]
    [InlineData("[[1,2,3]]", "age (number), city (text)")]
    public void Encode_DoesNotFitTheTable_SaysWhatFits(string text, string message) =>
        Should.Throw<CliException>(() => Encode(Table, text)).Message.ShouldContain(message);

    [Theory]
    [InlineData("[1,2,3]", "[3]")]
    [InlineData("[[1,2],[3,256]]", "256 does not fit")]
    [InlineData("[[1,2],[3,0.5]]", "0.5 does not fit")]
    public void Encode_DoesNotFitTheImage_SaysWhatFits(string text, string message) =>
        Should.Throw<CliException>(() => Encode(Image, text)).Message.ShouldContain(message);

    [Fact]
    public async Task Create_TwoInputs_PutsTheirBytesBehindTheHeadInOrder()
    {
        var inputs = Encode(Table, """[{"age":1,"city":"a"},{"age":2,"city":"b"},{"age":3,"city":"c"}]""");

        using var body = InferBody.Create(inputs, first: 1, count: 2);
        var bytes = await body.ReadAsByteArrayAsync();
        var head = int.Parse(body.Headers.GetValues("Inference-Header-Content-Length").Single());

        Encoding.UTF8.GetString(bytes, 0, head).ShouldContain("""{"name":"city","datatype":"BYTES","shape":[2,1],"parameters":{"binary_data_size":10}}""");
        bytes[head..].ShouldBe([.. BitConverter.GetBytes(2.0), .. BitConverter.GetBytes(3.0), 1, 0, 0, 0, (byte)'b', 1, 0, 0, 0, (byte)'c']);
    }

    private static IReadOnlyList<EncodedInput> Encode(ModelSignature model, string text)
    {
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, interactive: false, static _ => null);
        return SampleEncoder.Encode(model, SampleReader.Read(Encoding.UTF8.GetBytes(text)), terminal);
    }
}
