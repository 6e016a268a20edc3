using AIaaS.Models.Onnx;
using AIaaS.Models.Onnx.Proto;
using Google.Protobuf;

namespace AIaaS.Models.Tests.Onnx;

public sealed class OnnxInspectorTests
{
    [Fact]
    public void Inspect_ValidModel_Summarises() =>
        OnnxInspector.Inspect(TinyOnnx.AddRelu().ToByteArray()).ShouldBe(new OnnxSummary(IrVersion: 8, Nodes: 2, Initializers: 1, Functions: 0));

    [Theory]
    [InlineData("")]
    [InlineData("not an onnx file at all")]
    [InlineData("<html></html>")]
    public void Inspect_Rubbish_IsMalformed(string text) =>
        Refusal(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBe(ModelRefusal.Malformed);

    [Fact]
    public void Inspect_EveryTruncation_IsRefused()
    {
        var whole = TinyOnnx.AddRelu().ToByteArray();
        for (var length = 0; length < whole.Length; length++)
        {
            // The graph is one of the last fields: a cut between fields leaves a model without something it needs.
            Should.Throw<ModelRefusedException>(() => OnnxInspector.Inspect(whole.AsSpan(0, length)), $"cut to {length}");
        }
    }

    [Fact]
    public void Inspect_PastTheSizeLimit_IsTooLarge() =>
        Refusal(TinyOnnx.AddRelu(), OnnxLimits.Default with { Bytes = 50 }).ShouldBe(ModelRefusal.TooLarge);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("weights.bin")]
    [InlineData("*/_ORT_MEM_ADDR_/*")]
    public void Inspect_ExternalDataInInitialiser_IsRefused(string location)
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        model.Graph.Initializer[0].DataLocation = 1;
        Refusal(model).ShouldBe(ModelRefusal.ExternalData);
    }

    [Fact]
    public void Inspect_ExternalDataInConstantInsideSubgraphInsideFunction_IsRefused()
    {
        var model = TinyOnnx.AddRelu();
        var constant = TinyOnnx.Node("Constant", [], ["c"]);
        constant.Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = new TensorProto { DataType = 1, DataLocation = 1 } });
        var function = new FunctionProto { Name = "F", Domain = "own" };
        function.Input.Add("a");
        function.Output.Add("b");
        function.Node.Add(TinyOnnx.If("a", "b", () =>
        {
            var graph = new GraphProto();
            graph.Node.Add(constant);
            graph.Output.Add(TinyOnnx.Value("c", 1));
            return graph;
        }));
        model.Functions.Add(function);
        Refusal(model).ShouldBe(ModelRefusal.ExternalData);
    }

    [Theory]
    [InlineData("my.custom.ops", "Anything")]
    [InlineData("ai.onnx.contrib", "PyOp")]
    [InlineData("com.microsoft", "EPContext")]
    public void Inspect_CustomOperator_IsRefused(string domain, string type)
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Node.Add(TinyOnnx.Node(type, ["x"], ["z"], domain));
        Refusal(model).ShouldBe(ModelRefusal.CustomOperator);
    }

    [Fact]
    public void Inspect_FunctionOfItsOwnDomain_IsAccepted()
    {
        var model = TinyOnnx.AddRelu();
        model.Functions.Add(Function("F", "Neg"));
        model.Graph.Node.Add(TinyOnnx.Node("F", ["x"], ["z"], "own"));
        OnnxInspector.Inspect(model.ToByteArray()).Functions.ShouldBe(1);
    }

    [Theory]
    [InlineData(2, 17, ModelRefusal.UnsupportedVersion)]
    [InlineData(99, 17, ModelRefusal.UnsupportedVersion)]
    [InlineData(8, 3, ModelRefusal.UnsupportedVersion)]
    [InlineData(8, 99, ModelRefusal.UnsupportedVersion)]
    public void Inspect_UnsupportedVersions_AreRefused(long ir, long opset, ModelRefusal expected)
    {
        var model = TinyOnnx.AddRelu();
        model.IrVersion = ir;
        model.OpsetImport[0].Version = opset;
        Refusal(model).ShouldBe(expected);
    }

    [Fact]
    public void Inspect_AMillionNodes_IsTooManyParts()
    {
        var model = TinyOnnx.AddRelu();
        for (var i = 0; i < 1_000_000; i++) model.Graph.Node.Add(new NodeProto { OpType = "Neg" });
        Refusal(model).ShouldBe(ModelRefusal.TooManyParts);
    }

    [Fact]
    public void Inspect_ManyInitialisers_IsTooManyParts()
    {
        var model = TinyOnnx.AddRelu();
        for (var i = 0; i < 100; i++) model.Graph.Initializer.Add(TinyOnnx.Floats($"i{i}", [1f]));
        Refusal(model, OnnxLimits.Default with { Messages = 80 }).ShouldBe(ModelRefusal.TooManyParts);
    }

    [Fact]
    public void Inspect_ManyAttributeNumbers_IsTooManyParts()
    {
        var model = TinyOnnx.AddRelu();
        var attribute = new AttributeProto { Name = "pads", Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(Enumerable.Repeat(1L, 1001));
        model.Graph.Node[0].Attribute.Add(attribute);
        Refusal(model, OnnxLimits.Default with { AttributeNumbers = 1000 }).ShouldBe(ModelRefusal.TooManyParts);
    }

    [Fact]
    public void Inspect_FunctionsThatDoubleAtEveryLevel_IsTooManyParts()
    {
        var model = TinyOnnx.AddRelu();
        for (var level = 0; level < 14; level++)
        {
            var function = new FunctionProto { Name = $"F{level}", Domain = "own" };
            function.Input.Add("a");
            function.Output.Add("b9");
            for (var i = 0; i < 10; i++)
            {
                function.Node.Add(level == 0
                    ? TinyOnnx.Node("Neg", ["a"], [$"b{i}"])
                    : TinyOnnx.Node($"F{level - 1}", ["a"], [$"b{i}"], "own"));
            }
            model.Functions.Add(function);
        }
        Refusal(model).ShouldBe(ModelRefusal.TooManyParts);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3000)]
    public void Inspect_LongChainOfFunctions_IsTooDeep(int length)
    {
        var model = TinyOnnx.AddRelu();
        for (var i = 0; i < length; i++) model.Functions.Add(Function($"F{i}", i == length - 1 ? "Neg" : $"F{i + 1}", i == length - 1 ? "" : "own"));
        Refusal(model).ShouldBe(ModelRefusal.TooDeep);
    }

    [Fact]
    public void Inspect_FunctionThatCallsItself_IsTooDeep()
    {
        var model = TinyOnnx.AddRelu();
        model.Functions.Add(Function("F", "F", "own"));
        Refusal(model).ShouldBe(ModelRefusal.TooDeep);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(90)]
    public void Inspect_DeeplyNestedGraphs_IsTooDeep(int depth)
    {
        var model = TinyOnnx.AddRelu();
        var node = TinyOnnx.Node("Neg", ["x"], ["z"]);
        for (var i = 0; i < depth; i++)
        {
            var inner = node;
            var outer = TinyOnnx.Node("If", ["x"], ["z"]);
            var graph = new GraphProto();
            graph.Node.Add(inner);
            graph.Output.Add(TinyOnnx.Value("z", 1));
            outer.Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = graph });
            node = outer;
        }
        model.Graph.Node.Add(node);
        Refusal(model).ShouldBe(ModelRefusal.TooDeep);
    }

    [Theory]
    [InlineData(new[] { 1L << 31, 1L << 31 })]
    [InlineData(new[] { long.MaxValue, 2L })]
    [InlineData(new[] { 0L, long.MaxValue })]
    [InlineData(new[] { -1L })]
    [InlineData(new[] { 4L })]
    public void Inspect_DimensionsThatOverflowOrDisagreeWithTheData_AreRefused(long[] dims)
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Initializer[0].Dims.Clear();
        model.Graph.Initializer[0].Dims.Add(dims);
        Refusal(model).ShouldBe(ModelRefusal.TensorSize);
    }

    [Fact]
    public void Inspect_HugeDeclaredInput_IsRefused()
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Input[0] = TinyOnnx.Value("x", 1, -1, 1L << 20, 1L << 20);
        Refusal(model).ShouldBe(ModelRefusal.TensorSize);
    }

    [Fact]
    public void Inspect_Cycle_IsRefused()
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Node.Add(TinyOnnx.Node("Add", ["x", "q"], ["p"]));
        model.Graph.Node.Add(TinyOnnx.Node("Neg", ["p"], ["q"]));
        Refusal(model).ShouldBe(ModelRefusal.InvalidGraph);
    }

    [Fact]
    public void Inspect_CycleThroughASubgraph_IsRefused()
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Node.Add(TinyOnnx.If("x", "p", () =>
        {
            var graph = new GraphProto();
            graph.Node.Add(TinyOnnx.Node("Neg", ["q"], ["r"]));
            graph.Output.Add(TinyOnnx.Value("r", 1));
            return graph;
        }));
        model.Graph.Node.Add(TinyOnnx.Node("Neg", ["p"], ["q"]));
        Refusal(model).ShouldBe(ModelRefusal.InvalidGraph);
    }

    [Fact]
    public void Inspect_SubgraphThatUsesOuterValue_IsAccepted()
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Node.Add(TinyOnnx.If("x", "p", () =>
        {
            var graph = new GraphProto();
            graph.Node.Add(TinyOnnx.Node("Neg", ["sum"], ["r"]));
            graph.Output.Add(TinyOnnx.Value("r", 1));
            return graph;
        }));
        OnnxInspector.Inspect(model.ToByteArray()).Nodes.ShouldBe(3);
    }

    [Fact]
    public void Inspect_DanglingInput_IsRefused()
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Node[0].Input[1] = "nobody\nmakes this";
        var refused = Should.Throw<ModelRefusedException>(() => OnnxInspector.Inspect(model.ToByteArray()));
        refused.Reason.ShouldBe(ModelRefusal.InvalidGraph);
        refused.Message.ShouldContain("nobody?makes this");
    }

    [Fact]
    public void Inspect_ValueDefinedTwice_IsRefused()
    {
        var model = TinyOnnx.AddRelu();
        model.Graph.Node.Add(TinyOnnx.Node("Neg", ["x"], ["sum"]));
        Refusal(model).ShouldBe(ModelRefusal.InvalidGraph);
    }

    [Fact]
    public void Inspect_TwoGraphFields_AreRefused()
    {
        var half = TinyOnnx.AddRelu();
        byte[] doubled = [.. half.ToByteArray(), .. new ModelProto { Graph = half.Graph }.ToByteArray()];
        Refusal(doubled).ShouldBe(ModelRefusal.Malformed);
    }

    private static FunctionProto Function(string name, string body, string domain = "")
    {
        var function = new FunctionProto { Name = name, Domain = "own" };
        function.Input.Add("a");
        function.Output.Add("b");
        function.Node.Add(TinyOnnx.Node(body, ["a"], ["b"], domain));
        return function;
    }

    private static ModelRefusal Refusal(ModelProto model, OnnxLimits? limits = null) => Refusal(model.ToByteArray(), limits);

    private static ModelRefusal Refusal(byte[] bytes, OnnxLimits? limits = null) =>
        Should.Throw<ModelRefusedException>(() => OnnxInspector.Inspect(bytes, limits)).Reason;
}
