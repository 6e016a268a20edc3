using AIaaS.Models.Onnx.Proto;
using Google.Protobuf;

namespace AIaaS.Models.Tests.Onnx;

/// <summary>Small valid ONNX models to run and to break.</summary>
internal static class TinyOnnx
{
    /// <summary>y = Relu(x + w), x and y FP32 [-1, 3], w = [1, -2, 3].</summary>
    public static ModelProto AddRelu()
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "tiny" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.Graph.Input.Add(Value("x", 1, -1, 3));
        model.Graph.Output.Add(Value("y", 1, -1, 3));
        model.Graph.Initializer.Add(Floats("w", [1f, -2f, 3f]));
        model.Graph.Node.Add(Node("Add", ["x", "w"], ["sum"]));
        model.Graph.Node.Add(Node("Relu", ["sum"], ["y"]));
        return model;
    }

    public static NodeProto Node(string type, string[] inputs, string[] outputs, string domain = "")
    {
        var node = new NodeProto { OpType = type, Domain = domain };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        return node;
    }

    public static TensorProto Floats(string name, float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = 1, RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)) };
        tensor.Dims.Add(values.Length);
        return tensor;
    }

    public static ValueInfoProto Value(string name, int type, params long[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = type, Shape = new TensorShapeProto() };
        foreach (var size in shape)
        {
            tensor.Shape.Dim.Add(size < 0
                ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
                : new TensorShapeProto.Types.Dimension { DimValue = size });
        }
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    /// <summary>A scalar condition and an If whose branches are <paramref name="branch"/>.</summary>
    public static NodeProto If(string condition, string output, Func<GraphProto> branch)
    {
        var node = Node("If", [condition], [output]);
        foreach (var name in new[] { "then_branch", "else_branch" })
            node.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = branch() });
        return node;
    }
}
