using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>A body without JSON: all of it is the one input of the model, and all outputs are answered as binary.</summary>
internal static class RawTensorReader
{
    public static void Read(in RequestBody body, InferenceRequest request)
    {
        if (request.Signature.Inputs.Count != 1)
            throw TensorFault.Of($"A raw body needs a model with one input; this one takes: {request.Signature.DescribeInputs()}.");
        var spec = request.Signature.Inputs[0];
        request.BinaryByDefault = true;
        request.Inputs[0] = spec.Datatype == TensorDatatype.Bytes ? ReadString(body, spec) : ReadNumbers(body, request, spec);
    }

    /// <summary>The last variable dimension takes up what the others, taken as 1, leave.</summary>
    private static OrtValue ReadNumbers(in RequestBody body, InferenceRequest request, TensorSpec spec)
    {
        var shape = Fixed(spec, out var variable);
        if (!TensorShape.TryCount(shape, out var count)) throw TensorFault.Of(spec, "cannot be sent raw");
        var bytes = (long)count * spec.Datatype.ElementSize();
        if (variable >= 0 && body.Length > 0 && body.Length % bytes == 0) shape[variable] = body.Length / bytes;
        return BinaryTensorReader.Read(request, spec, shape, body.Buffer, body.BinaryStart, body.Length);
    }

    private static OrtValue ReadString(in RequestBody body, TensorSpec spec)
    {
        var shape = Fixed(spec, out _);
        if (!TensorShape.TryCount(shape, out var count) || count != 1) throw TensorFault.Of(spec, "takes several strings, a raw body holds one");
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        value.StringTensorSetElementAt(body.Buffer.Span.Slice(body.BinaryStart, body.Length), 0);
        return value;
    }

    private static long[] Fixed(TensorSpec spec, out int variable)
    {
        variable = -1;
        var shape = new long[spec.Dimensions.Length];
        for (var index = 0; index < shape.Length; index++)
        {
            shape[index] = spec.Dimensions[index] < 0 ? 1 : spec.Dimensions[index];
            if (spec.Dimensions[index] < 0) variable = index;
        }
        return shape;
    }
}
