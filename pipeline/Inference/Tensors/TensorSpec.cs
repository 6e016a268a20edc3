using System.Text;
using System.Text.Json;

namespace AIaaS.Pipeline.Inference.Tensors;

/// <summary>One input or output of a model.</summary>
public sealed class TensorSpec(string name, TensorDatatype datatype, IReadOnlyList<long> shape)
{
    private readonly long[] _shape = [.. shape];

    public string Name { get; } = name;

    public TensorDatatype Datatype { get; } = datatype;

    /// <summary>-1 where the size may vary; empty when the model fixes no rank.</summary>
    public IReadOnlyList<long> Shape => _shape;

    internal ReadOnlySpan<long> Dimensions => _shape;

    /// <summary>The name as it is matched in, and written to, JSON without making strings.</summary>
    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    internal JsonEncodedText JsonName { get; } = JsonEncodedText.Encode(name, Protocol.ProtocolJson.Encoder);

    /// <summary>Whether a tensor of <paramref name="shape"/> fits: same rank, and same size wherever the model fixes one.</summary>
    public bool Accepts(ReadOnlySpan<long> shape)
    {
        if (_shape.Length == 0) return true;
        if (shape.Length != _shape.Length) return false;
        for (var index = 0; index < shape.Length; index++)
        {
            if (_shape[index] >= 0 && _shape[index] != shape[index]) return false;
        }
        return true;
    }

    /// <summary>"image UINT8 [-1,28,28,1]".</summary>
    public override string ToString() => $"{Name} {Datatype.Name()} {TensorShape.Format(_shape)}";
}
