using AIaaS.Models.Onnx.Proto;
using Google.Protobuf;

namespace AIaaS.Pipeline.Tests.Inference;

/// <summary>ONNX models that give back what they are given: input "x0" comes out as "y0", "x1" as "y1", …</summary>
internal static class EchoOnnx
{
    public const int Float = 1;
    public const int Uint8 = 2;
    public const int Int8 = 3;
    public const int Uint16 = 4;
    public const int Int16 = 5;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int String = 8;
    public const int Bool = 9;
    public const int Float16 = 10;
    public const int Double = 11;
    public const int Uint32 = 12;
    public const int Uint64 = 13;

    public static byte[] Of(params (int Type, long[] Shape)[] tensors)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "echo" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        for (var index = 0; index < tensors.Length; index++)
        {
            var (type, shape) = tensors[index];
            model.Graph.Input.Add(Value($"x{index}", type, shape));
            model.Graph.Output.Add(Value($"y{index}", type, shape));
            var node = new NodeProto { OpType = "Identity" };
            node.Input.Add($"x{index}");
            node.Output.Add($"y{index}");
            model.Graph.Node.Add(node);
        }
        return model.ToByteArray();
    }

    /// <summary>y = x + <paramref name="constant"/>: tells versions apart.</summary>
    public static byte[] Adding(float constant, int padding = 0)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "add" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.Graph.Input.Add(Value("x", Float, [-1, 1]));
        model.Graph.Output.Add(Value("y", Float, [-1, 1]));
        model.Graph.Initializer.Add(Weights("w", [constant]));
        if (padding > 0) model.Graph.Initializer.Add(Weights("unused", new float[padding]));
        var node = new NodeProto { OpType = "Add" };
        node.Input.Add(["x", "w"]);
        node.Output.Add("y");
        model.Graph.Node.Add(node);
        return model.ToByteArray();
    }

    private static TensorProto Weights(string name, float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = Float, RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)) };
        tensor.Dims.Add(values.Length);
        return tensor;
    }

    private static ValueInfoProto Value(string name, int type, long[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = type, Shape = new TensorShapeProto() };
        for (var index = 0; index < shape.Length; index++)
        {
            tensor.Shape.Dim.Add(shape[index] < 0
                ? new TensorShapeProto.Types.Dimension { DimParam = $"{name}_{index}" }
                : new TensorShapeProto.Types.Dimension { DimValue = shape[index] });
        }
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
