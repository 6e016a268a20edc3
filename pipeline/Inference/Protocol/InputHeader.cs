using System.Text.Json;
using AIaaS.Pipeline.Inference.Tensors;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>What one of 'inputs' says about itself, gathered in any order of its properties.</summary>
internal struct InputHeader()
{
    private const int Unseen = -1;
    private const int Unknown = -2;

    private long[]? _shape;
    private bool _datatypeSeen;
    private TensorDatatype? _datatype;

    /// <summary>Position in the signature.</summary>
    public int Index { get; private set; } = Unseen;

    public int? BinarySize { get; private set; }

    /// <summary>Its data has been decoded already.</summary>
    public bool WasRead { get; set; }

    public readonly long[] Shape => _shape!;

    /// <summary>Name, shape and datatype are known, so that data can be decoded as it is met.</summary>
    public readonly bool IsComplete => Index != Unseen && _shape is not null && _datatypeSeen;

    public void ReadProperty(ref Utf8JsonReader reader, ModelSignature signature)
    {
        if (reader.ValueTextEquals("name"u8))
            ReadName(ref reader, signature);
        else if (reader.ValueTextEquals("shape"u8))
            ReadShape(ref reader);
        else if (reader.ValueTextEquals("datatype"u8))
            ReadDatatype(ref reader);
        else if (reader.ValueTextEquals("parameters"u8))
            BinarySize = ParametersReader.Read(ref reader, "binary_data_size"u8, "An input").Number;
        else
            reader.Skip();
    }

    /// <summary>Holds the header against the model.</summary>
    public readonly void Check(ModelSignature signature)
    {
        if (Index == Unseen) throw InferenceRequestReader.Invalid("An input has no 'name'.");
        if (Index == Unknown) throw TensorFault.Of($"The model has no input of a name given. It takes: {signature.DescribeInputs()}.");
        var spec = signature.Inputs[Index];
        if (!_datatypeSeen) throw TensorFault.Of(spec, "has no 'datatype'");
        if (_shape is null) throw TensorFault.Of(spec, "has no 'shape'");
        if (_datatype is null) throw TensorFault.Of(spec, "its 'datatype' is none of the protocol");
        if (_datatype != spec.Datatype) throw TensorFault.Of(spec, $"has datatype {_datatype.Value.Name()}");
        if (!spec.Accepts(Shape)) throw TensorFault.Of(spec, $"has shape {TensorShape.Format(Shape)}");
        if (!TensorShape.TryCount(Shape, out _)) throw TensorFault.Of(spec, $"has shape {TensorShape.Format(Shape)}; dimensions must be at least 1 and their product at most {int.MaxValue}");
    }

    private void ReadName(ref Utf8JsonReader reader, ModelSignature signature)
    {
        if (Index != Unseen) throw InferenceRequestReader.Invalid("An input has 'name' twice.");
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) throw InferenceRequestReader.Invalid("The 'name' of an input must be a string.");
        Index = Unknown;
        for (var index = 0; index < signature.Inputs.Count; index++)
        {
            if (!reader.ValueTextEquals(signature.Inputs[index].Utf8Name)) continue;
            Index = index;
            return;
        }
    }

    private void ReadDatatype(ref Utf8JsonReader reader)
    {
        if (_datatypeSeen) throw InferenceRequestReader.Invalid("An input has 'datatype' twice.");
        _datatypeSeen = true;
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) throw InferenceRequestReader.Invalid("The 'datatype' of an input must be a string.");
        foreach (var datatype in TensorDatatypes.All)
        {
            if (!reader.ValueTextEquals(datatype.Name())) continue;
            _datatype = datatype;
            return;
        }
    }

    private void ReadShape(ref Utf8JsonReader reader)
    {
        if (_shape is not null) throw InferenceRequestReader.Invalid("An input has 'shape' twice.");
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw InferenceRequestReader.Invalid("The 'shape' of an input must be an array of whole numbers.");
        Span<long> dimensions = stackalloc long[InferenceLimits.MaxDimensions];
        var rank = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (rank == InferenceLimits.MaxDimensions) throw InferenceRequestReader.Invalid($"A 'shape' has more than {InferenceLimits.MaxDimensions} dimensions.");
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out dimensions[rank++]))
                throw InferenceRequestReader.Invalid("The 'shape' of an input must be an array of whole numbers.");
        }
        _shape = dimensions[..rank].ToArray();
    }
}
