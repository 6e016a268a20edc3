using AIaaS.Models.Onnx.Proto;
using Google.Protobuf;

namespace AIaaS.Functions.Tests.Models;

/// <summary>Small ONNX files to register.</summary>
internal static class TinyModels
{
    private const int Float = 1;
    private const int Int64 = 7;

    /// <summary>y = x + <paramref name="constant"/>, both FP32 [-1, 2].</summary>
    public static byte[] Adding(float constant)
    {
        var model = Model(Value("x", Float, 0, 2), Value("y", Float, 0, 2));
        var tensor = new TensorProto { Name = "c", DataType = Float, RawData = ByteString.CopyFrom(BitConverter.GetBytes(constant)) };
        model.Graph.Initializer.Add(tensor);
        model.Graph.Node.Add(Node("Add", ["x", "c"], ["y"]));
        return model.ToByteArray();
    }

    /// <summary>A few bytes whose constant takes 64 GiB once ONNX Runtime folds it.</summary>
    public static byte[] Swelling()
    {
        var model = Model(Value("x", Float, 1), Value("y", Float, 1));
        var shape = new TensorProto { Name = "shape", DataType = Int64, RawData = ByteString.CopyFrom([.. BitConverter.GetBytes(1L << 17), .. BitConverter.GetBytes(1L << 17)]) };
        shape.Dims.Add(2);
        model.Graph.Initializer.Add(shape);
        model.Graph.Node.Add(Node("ConstantOfShape", ["shape"], ["big"]));
        model.Graph.Node.Add(Node("ReduceSum", ["big"], ["sum"]));
        model.Graph.Node.Add(Node("Add", ["x", "sum"], ["y"]));
        return model.ToByteArray();
    }

    /// <summary>An operator of a domain nobody knows.</summary>
    public static byte[] Custom()
    {
        var model = Model(Value("x", Float, 1), Value("y", Float, 1));
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.example", Version = 1 });
        var node = Node("PyOp", ["x"], ["y"]);
        node.Domain = "com.example";
        model.Graph.Node.Add(node);
        return model.ToByteArray();
    }

    private static ModelProto Model(ValueInfoProto input, ValueInfoProto output)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "tiny" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.Graph.Input.Add(input);
        model.Graph.Output.Add(output);
        return model;
    }

    private static NodeProto Node(string type, string[] inputs, string[] outputs)
    {
        var node = new NodeProto { OpType = type };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        return node;
    }

    /// <param name="name">Of the tensor.</param>
    /// <param name="type">ONNX's number of it.</param>
    /// <param name="shape">0 is a free dimension.</param>
    private static ValueInfoProto Value(string name, int type, params long[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = type, Shape = new TensorShapeProto() };
        foreach (var size in shape)
        {
            tensor.Shape.Dim.Add(size == 0
                ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
                : new TensorShapeProto.Types.Dimension { DimValue = size });
        }
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
