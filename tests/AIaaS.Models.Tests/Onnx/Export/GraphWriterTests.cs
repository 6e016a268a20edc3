using System.Runtime.InteropServices;
using System.Text;
using AIaaS.Models.Families;
using AIaaS.Models.Onnx;
using AIaaS.Models.Onnx.Export;
using AIaaS.Models.Preprocessing;
using AIaaS.Models.Sessions;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Models.Tests.Onnx.Export;

public sealed class GraphWriterTests
{
    private static readonly ClassificationHead ThreeClasses = new(["ant", "bee", "c\u00e9"]);

    public static TheoryData<string, int, bool> Images => new()
    {
        { "linear", 1, false }, { "linear", 3, false }, { "linear", 3, true }, { "mlp", 1, true }, { "mlp", 3, true },
        { "cnn", 1, false }, { "cnn", 1, true }, { "cnn", 3, false }, { "cnn", 3, true },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Write_Images_RunsAsDefined(string family, int channels, bool fold)
    {
        var random = new Random(1);
        var image = new ImageInput("image", 6, 5, channels, Floats(random, channels, 0.5f), [.. Floats(random, channels, 0.2f).Select(value => 0.3f + Math.Abs(value))]);
        var network = Network(new InputLayout([image]), family, ThreeClasses);
        var rows = Enumerable.Range(0, 7).Select(_ =>
        {
            var pixels = new byte[6 * 5 * channels];
            random.NextBytes(pixels);
            return Row(("image", pixels));
        }).ToArray();

        CheckRows(network, rows, fold);
    }

    [Theory]
    [InlineData("mlp", 1)]
    [InlineData("cnn", 1)]
    [InlineData("cnn", 3)]
    public void Write_NetworksOfSquares_RunAsDefined(string family, int channels)
    {
        var random = new Random(2);
        var layout = new InputLayout([new ImageInput("image", 8, 7, channels, new float[channels], [.. Enumerable.Repeat(1f, channels)])]);
        var plan = EncryptedFamily.Plan(family, layout.RowShape, 3, hidden: [5], channels: [4], new SquareSpec());
        var folded = new NetworkPlan(plan.Family, plan.InputShape, plan.Outputs, [.. plan.Layers.Where(layer => layer is not BatchNormSpec)]);
        var weights = folded.Parameters.ToDictionary(parameter => parameter.Name, parameter => Floats(random, (int)parameter.Count, 0.3f), StringComparer.Ordinal);
        var rows = Enumerable.Range(0, 5).Select(_ =>
        {
            var pixels = new byte[8 * 7 * channels];
            random.NextBytes(pixels);
            return Row(("image", pixels));
        }).ToArray();
        foreach (var fold in new[] { true, false })
            CheckRows(new TrainedNetwork(layout, folded, weights, ThreeClasses, new Dictionary<string, string>()), rows, fold);
    }

    [Fact]
    public void Plan_MoreSquaresThanAreComputed_IsRefused() =>
        Should.Throw<ArgumentException>(() => EncryptedFamily.Plan("mlp", [1, 8, 8], 2, [8, 8, 8, 8], [], new SquareSpec())).Message.ShouldContain("4 layers");

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    public void Write_TableOfAllColumnTypes_RunsAsDefined(string family)
    {
        var layout = new InputLayout(
        [
            new CategoryInput("colour", ["", "blue", "gr\u00fcn", "red"]), new NumberInput("weight in kg", 70, 12.5),
            new VectorInput("position", [0.5f, -1f], [2f, 3f]), new NumberInput("time", 1.7e9, 1e5), new CategoryInput("size", ["L", "S"]),
        ]);
        var network = Network(layout, family, ThreeClasses);

        CheckRows(network,
        [
            TableRow("blue", 81.5, [1f, 2f], 1.7e9 + 12345, "S"), TableRow("red", double.NaN, [0f, 0f], 1.7e9, "L"),
            TableRow("gr\u00fcn", -3, [-7f, 1f], double.NaN, ""), TableRow("never seen", 70, [0.5f, -1f], 1.7e9 - 1, "s"),
        ], fold: true);
    }

    [Fact]
    public void Write_Regression_GivesTheValueInItsOwnUnits()
    {
        var layout = new InputLayout([new NumberInput("rooms", 3, 1), new CategoryInput("town", ["A", "B"])]);
        var network = Network(layout, "mlp", new RegressionHead(Mean: 250_000, Deviation: 90_000));

        CheckRows(network, [Row(("rooms", 2.0), ("town", "A")), Row(("rooms", double.NaN), ("town", "B")), Row(("rooms", 9.0), ("town", "?"))], fold: true);
    }

    [Fact]
    public void Write_ColumnsNamedLikeOutputsAndConstants_KeepTheirNames()
    {
        var layout = new InputLayout([new NumberInput("label", 0, 1), new NumberInput("/classes", 0, 1), new NumberInput("//Gemm0", 1, 2)]);
        var network = Network(layout, "mlp", ThreeClasses);

        OutputNames.Of(layout, ThreeClasses).ShouldBe(["predicted_label", "probabilities"]);
        CheckRows(network, [Row(("label", 1.0), ("/classes", 2.0), ("//Gemm0", 3.0))], fold: true);
    }

    [Fact]
    public void Write_SameNetworkTwice_GivesTheSameBytes()
    {
        var metadata = new Dictionary<string, string> { ["zeta"] = "1", ["alpha"] = "2" };
        var reversed = new Dictionary<string, string> { ["alpha"] = "2", ["zeta"] = "1" };
        var layout = new InputLayout([new NumberInput("a", 0, 1)]);
        var network = Network(layout, "mlp", ThreeClasses);

        GraphWriter.Write(network with { Metadata = metadata }, fold: true).ShouldBe(GraphWriter.Write(network with { Metadata = reversed }, fold: true));
    }

    [Fact]
    public void Write_Metadata_IsInTheModel()
    {
        var network = Network(new InputLayout([new NumberInput("a", 0, 1)]), "linear", ThreeClasses) with
        {
            Metadata = new Dictionary<string, string> { ["family"] = "linear" },
        };
        using var model = OnnxModel.Load(GraphWriter.Write(network, fold: true));
        model.Metadata["family"].ShouldBe("linear");
    }

    private static void CheckRows(TrainedNetwork network, IReadOnlyDictionary<string, object>[] rows, bool fold)
    {
        var file = GraphWriter.Write(network, fold);
        OnnxInspector.Inspect(file).Nodes.ShouldBePositive();
        using var model = OnnxModel.Load(file);
        model.InputNames.ShouldBe(network.Layout.Inputs.Select(input => input.Name));
        var inputs = network.Layout.Inputs.Select(input => Tensor(input, rows)).ToArray();
        using var outputs = model.Run([.. inputs.Select(input => input.Value)]);

        var names = OutputNames.Of(network.Layout, network.Head);
        model.OutputNames.ShouldBe(names);
        var actual = outputs[names[^1]].GetTensorDataAsSpan<float>().ToArray();
        var expected = rows.SelectMany(row => ReferenceNetwork.Run(network, row)).ToArray();
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
            Math.Abs(actual[i] - expected[i]).ShouldBeLessThanOrEqualTo(1e-5 + (1e-5 * Math.Abs(expected[i])), $"value {i}");
        if (network.Head is ClassificationHead head)
        {
            var labels = expected.Chunk(head.Classes.Count).Select(row => head.Classes[Array.IndexOf(row, row.Max())]);
            outputs[names[0]].GetStringTensorAsArray().ShouldBe(labels);
        }
        foreach (var input in inputs) input.Dispose();
    }

    private static TrainedNetwork Network(InputLayout layout, string family, ModelHead head)
    {
        var plan = ModelFamily.Plan(family, layout.RowShape, head.Outputs, hidden: [5, 4], channels: [2, 3], dropout: 0.1);
        var random = new Random(7);
        var weights = plan.Parameters.ToDictionary(parameter => parameter.Name, parameter => Floats(random, (int)parameter.Count, 1f), StringComparer.Ordinal);
        return new TrainedNetwork(layout, plan, weights, head, new Dictionary<string, string>());
    }

    private static InputTensor Tensor(ModelInput input, IReadOnlyDictionary<string, object>[] rows)
    {
        long[] shape = input is ImageInput image ? [rows.Length, image.Height, image.ImageWidth, image.Channels] : [rows.Length, input is VectorInput ? input.Width : 1];
        var values = rows.Select(row => row[input.Name]).ToArray();
        return input switch
        {
            CategoryInput => InputTensor.FromUtf8Strings(shape, [.. values.Select(value => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes((string)value))]),
            NumberInput => InputTensor.FromBytes(TensorElementType.Double, shape, MemoryMarshal.AsBytes<double>([.. values.Cast<double>()]).ToArray()),
            VectorInput => InputTensor.FromBytes(TensorElementType.Float, shape, MemoryMarshal.AsBytes<float>([.. values.Cast<float[]>().SelectMany(value => value)]).ToArray()),
            _ => InputTensor.FromBytes(TensorElementType.UInt8, shape, values.Cast<byte[]>().SelectMany(value => value).ToArray()),
        };
    }

    private static Dictionary<string, object> TableRow(string colour, double weight, float[] position, double time, string size) =>
        Row(("colour", colour), ("weight in kg", weight), ("position", position), ("time", time), ("size", size));

    private static Dictionary<string, object> Row(params (string Name, object Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);

    private static float[] Floats(Random random, int count, float scale) =>
        [.. Enumerable.Range(0, count).Select(_ => ((random.NextSingle() * 2) - 1) * scale)];
}
