using System.Text;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Models.Predict;

namespace AIaaS.Cli.Tests.Models.Predict;

public sealed class SampleReaderTests
{
    [Theory]
    [InlineData("""{"a":1.5,"b":"x","c":null}""")]
    [InlineData("""[{"a":1.5,"b":"x","c":null}]""")]
    [InlineData("a,b,c\n1.5,x,\n")]
    [InlineData("\uFEFFa\tb\tc\r\n1.5\tx\t\r\n")]
    public void Read_OneNamedRow_IsTheSameInEveryFormat(string text)
    {
        var row = Read(text).ShouldBeOfType<RowSamples>().Rows.ShouldHaveSingleItem();

        row["a"].ShouldBe("1.5");
        row["b"].ShouldBe("x");
        row["c"].ShouldBeNull();
    }

    [Fact]
    public void Read_JsonLines_IsARowALine() =>
        Read("{\"a\":1}\n\n{\"a\":2}\n").ShouldBeOfType<RowSamples>().Rows.Select(row => row["a"]).ShouldBe(["1", "2"]);

    [Theory]
    [InlineData("[[1,2],[3,4]]")]
    [InlineData("1,2\n3,4\n")]
    public void Read_NumbersWithoutNames_AreATensor(string text)
    {
        var tensor = Read(text).ShouldBeOfType<TensorSamples>();

        tensor.Shape.ShouldBe([2, 2]);
        tensor.Values.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Read_ProtocolRequest_IsLeftAsItIs()
    {
        const string request = """{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}""";

        Encoding.UTF8.GetString(Read(request).ShouldBeOfType<ProtocolRequest>().Body).ShouldBe(request);
    }

    [Fact]
    public void Read_Npy_GivesShapeAndValues()
    {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }\n";
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)];

        var tensor = SampleReader.Read(file).ShouldBeOfType<TensorSamples>();

        tensor.Shape.ShouldBe([1, 2]);
        tensor.Values.ShouldBe([1.5, -2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":[1,2]}")]
    [InlineData("[[1,2],[3]]")]
    [InlineData("[]")]
    [InlineData("{\"a\":")]
    [InlineData("a,b\n")]
    [InlineData("a,a\n1,2\n")]
    [InlineData("a,b\n1,2,3\n")]
    [InlineData("\u0001\u0000\u0002")]
    public void Read_Rubbish_IsRefusedWithANextStep(string text)
    {
        var refused = Should.Throw<CliException>(() => Read(text));

        refused.ExitCode.ShouldBe(ExitCodes.Failed);
        refused.Next.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 1 })] // One value short.
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 1 })] // One too many.
    [InlineData(new byte[] { 0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF })] // Product overflows.
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0 })] // Ends in its header.
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 0 })] // Floats.
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 1, 2, 3 })] // Gzip of nothing.
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 0xFF, 0xFF })] // NPY that ends in its header.
    public void Read_DamagedBinary_IsRefused(byte[] file) => Should.Throw<CliException>(() => SampleReader.Read(file));

    private static Samples Read(string text) => SampleReader.Read(Encoding.UTF8.GetBytes(text));
}
