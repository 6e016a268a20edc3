using System.Text.Json;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Reads 'outputs': which are wanted, and which of them as binary.</summary>
internal static class OutputsReader
{
    public static void Read(ref Utf8JsonReader reader, InferenceRequest request, ref bool seen)
    {
        if (seen) throw InferenceRequestReader.Invalid("'outputs' is given twice.");
        seen = true;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartArray) throw InferenceRequestReader.Invalid("'outputs' must be an array.");

        var known = request.Signature.Outputs.Count;
        var wanted = new List<int>(known);
        var binary = new List<bool?>(known);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (output, isBinary) = ReadOne(ref reader, request);
            if (wanted.Contains(output)) throw InferenceRequestReader.Invalid($"Output '{request.Signature.Outputs[output].Name}' is asked for twice.");
            wanted.Add(output);
            binary.Add(isBinary);
        }
        if (wanted.Count == 0) return;
        request.Outputs = [.. wanted];
        request.OutputBinary = [.. binary];
    }

    private static (int Output, bool? Binary) ReadOne(ref Utf8JsonReader reader, InferenceRequest request)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw InferenceRequestReader.Invalid("Each of 'outputs' must be an object with 'name'.");
        var output = -1;
        bool? binary = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                output = Find(ref reader, request);
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                binary = ParametersReader.Read(ref reader, "binary_data"u8, "An output").Flag;
            }
            else
            {
                reader.Skip();
            }
        }
        return output >= 0 ? (output, binary) : throw InferenceRequestReader.Invalid("An output has no 'name'.");
    }

    private static int Find(ref Utf8JsonReader reader, InferenceRequest request)
    {
        if (reader.TokenType != JsonTokenType.String) throw InferenceRequestReader.Invalid("The 'name' of an output must be a string.");
        var specs = request.Signature.Outputs;
        for (var index = 0; index < specs.Count; index++)
        {
            if (reader.ValueTextEquals(specs[index].Utf8Name)) return index;
        }
        throw TensorFault.Of($"The model has no output of the name asked for. Its outputs: {request.Signature.DescribeOutputs()}.");
    }
}
