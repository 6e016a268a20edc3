using System.Runtime.InteropServices;
using AIaaS.Models.Onnx.Proto;
using Google.Protobuf;
using AttributeType = AIaaS.Models.Onnx.Proto.AttributeProto.Types.AttributeType;

namespace AIaaS.Models.Onnx.Export;

/// <summary>Builds an ONNX graph node by node. The same calls give the same bytes: nothing depends on time, place or hashing.</summary>
internal sealed class GraphBuilder
{
    /// <summary>Old enough for every runtime of the last years; new enough for all operators used.</summary>
    private const long IrVersion = 8, Opset = 17, MachineLearningOpset = 3;

    private readonly GraphProto _graph = new() { Name = "model" };
    private readonly string _prefix = "/";
    private int _next;

    /// <param name="columns">Inputs keep the names of columns, whatever these are: names made here begin like none of them.</param>
    public GraphBuilder(IEnumerable<string> columns)
    {
        foreach (var column in columns)
            while (column.StartsWith(_prefix, StringComparison.Ordinal)) _prefix += "/";
    }

    public string Input(string name, int type, params long[] rowShape)
    {
        _graph.Input.Add(Value(name, type, rowShape));
        return name;
    }

    public void Output(string name, int type, params long[] rowShape) => _graph.Output.Add(Value(name, type, rowShape));

    /// <summary>A node with one output.</summary>
    /// <param name="type">Operator; "ai.onnx.ml:OneHotEncoder" for another domain.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Made by <see cref="Attribute(string, long)"/> and its overloads.</param>
    /// <param name="output">Its name; numbered when null.</param>
    public string Node(string type, string[] inputs, AttributeProto[]? attributes = null, string? output = null)
    {
        var colon = type.IndexOf(':', StringComparison.Ordinal);
        var node = new NodeProto { OpType = type[(colon + 1)..], Domain = colon < 0 ? "" : type[..colon] };
        output ??= NextName(node.OpType);
        node.Name = _prefix + "node" + output;
        node.Input.Add(inputs);
        node.Output.Add(output);
        if (attributes is not null) node.Attribute.Add(attributes);
        _graph.Node.Add(node);
        return output;
    }

    public string Constant<T>(string name, int type, T[] values, params long[] shape)
        where T : unmanaged =>
        Initializer(new TensorProto { Name = _prefix + name, DataType = type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(values)) }, shape);

    public string Constant(string name, IEnumerable<string> values)
    {
        var tensor = new TensorProto { Name = _prefix + name, DataType = OnnxType.Text };
        tensor.StringData.Add(values.Select(ByteString.CopyFromUtf8));
        return Initializer(tensor, [tensor.StringData.Count]);
    }

    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    public static AttributeProto Attribute(string name, IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Strings };
        attribute.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    public byte[] Build(IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "AIaaS", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        if (_graph.Node.Any(node => node.Domain == "ai.onnx.ml"))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = MachineLearningOpset });
        foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model.ToByteArray();
    }

    private string Initializer(TensorProto tensor, long[] shape)
    {
        tensor.Dims.Add(shape);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string NextName(string type) => $"{_prefix}{type}{_next++}";

    private static ValueInfoProto Value(string name, int type, long[] rowShape)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(rowShape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } },
        };
    }
}
