using System.Text.Json;
using AIaaS.Pipeline.Inference.Tensors;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Reads 'inputs' and, in the same order, the binary tensors behind the JSON.</summary>
internal struct InputsReader(RequestBody body, InferenceRequest request)
{
    private readonly RequestBody _body = body;
    private int _binaryUsed;
    private bool _seen;

    public void Read(ref Utf8JsonReader reader)
    {
        if (_seen) throw InferenceRequestReader.Invalid("'inputs' is given twice.");
        _seen = true;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw InferenceRequestReader.Invalid("'inputs' must be an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadOne(ref reader);
    }

    /// <summary>Every input must be there, and every byte of the body must belong to one.</summary>
    public readonly void Finish()
    {
        for (var index = 0; index < request.Inputs.Length; index++)
        {
            if (request.Inputs[index] is null)
                throw TensorFault.Of($"Input '{request.Signature.Inputs[index].Name}' is missing. The model takes: {request.Signature.DescribeInputs()}.");
        }
        if (_binaryUsed != _body.BinaryLength)
        {
            throw InferenceRequestReader.Invalid(
                $"The body holds {_body.BinaryLength} bytes behind the JSON, but the inputs' binary_data_size add up to {_binaryUsed}.");
        }
    }

    private void ReadOne(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw InferenceRequestReader.Invalid("Each of 'inputs' must be an object.");
        var input = new InputHeader();
        var dataStart = -1;
        var dataEnd = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("data"u8))
            {
                input.ReadProperty(ref reader, request.Signature);
                continue;
            }
            if (dataStart >= 0) throw InferenceRequestReader.Invalid("An input has 'data' twice.");
            reader.Read();
            dataStart = (int)reader.TokenStartIndex;
            if (input.IsComplete)
                ReadJsonData(ref reader, ref input);
            else
                reader.Skip();
            dataEnd = (int)reader.BytesConsumed;
        }
        input.Check(request.Signature);
        ReadData(ref input, dataStart, dataEnd);
    }

    private void ReadData(ref InputHeader input, int dataStart, int dataEnd)
    {
        var spec = request.Signature.Inputs[input.Index];
        if (input.BinarySize is { } size)
        {
            if (dataStart >= 0) throw TensorFault.Of(spec, "has both 'data' and 'binary_data_size'");
            if (_body.JsonLength is null)
                throw InferenceRequestReader.Invalid($"Input '{spec.Name}' has binary_data_size, but the request has no {RequestBody.JsonLengthHeader} header.");
            if (size < 0 || size > _body.BinaryLength - _binaryUsed)
                throw InferenceRequestReader.Invalid($"Input '{spec.Name}': binary_data_size is {size}, but {_body.BinaryLength - _binaryUsed} bytes are left in the body.");
            Claim(input, spec);
            request.Inputs[input.Index] = BinaryTensorReader.Read(request, spec, input.Shape, _body.Buffer, _body.BinaryStart + _binaryUsed, size);
            _binaryUsed += size;
            return;
        }
        if (dataStart < 0) throw TensorFault.Of(spec, "has neither 'data' nor 'binary_data_size'");
        if (input.WasRead) return;

        // The data stood before the shape or the datatype: read it again now that both are known.
        var reader = new Utf8JsonReader(_body.Json[dataStart..dataEnd], ProtocolJson.ReaderOptions);
        reader.Read();
        ReadJsonData(ref reader, ref input);
    }

    private readonly void ReadJsonData(ref Utf8JsonReader reader, ref InputHeader input)
    {
        input.Check(request.Signature);
        var spec = request.Signature.Inputs[input.Index];
        Claim(input, spec);
        request.Inputs[input.Index] = JsonTensorReader.Read(ref reader, _body.Json.Length - reader.TokenStartIndex, request, spec, input.Shape);
        input.WasRead = true;
    }

    private readonly void Claim(in InputHeader input, TensorSpec spec)
    {
        if (request.Inputs[input.Index] is not null) throw InferenceRequestReader.Invalid($"Input '{spec.Name}' is given twice.");
    }
}
