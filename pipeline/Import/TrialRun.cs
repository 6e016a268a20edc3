using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Problems;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Import;

/// <summary>Runs a model once on the smallest inputs it takes: what loops or swells on these must not come near the service.</summary>
internal static class TrialRun
{
    /// <summary>Inputs larger than this cannot be sent to the service either.</summary>
    private const int MaxInputBytes = Inference.InferenceLimits.MaxRequestBytes;

    // How ONNX Runtime, its arena and the C++ runtime say that there is no memory left.
    private static readonly string[] OutOfMemory = ["Failed to allocate memory", "bad_alloc", "bad allocation", "Available memory"];

    /// <exception cref="PipelineException">ModelRefused: an input is too large, or the run takes more memory than the process may have.</exception>
    public static void Run(OnnxModel model, ModelSignature signature)
    {
        var inputs = new List<OrtValue>();
        var buffers = new List<AlignedBuffer>();
        try
        {
            foreach (var spec in signature.Inputs) inputs.Add(Zeros(spec, buffers));
            model.Run(inputs).Dispose();
        }
        catch (OnnxRuntimeException exception) when (!OutOfMemory.Any(text => exception.Message.Contains(text, StringComparison.Ordinal)))
        {
            // Some models cannot be run on inputs this small; that is no fault of theirs.
        }
        finally
        {
            foreach (var input in inputs) input.Dispose();
            foreach (var buffer in buffers) buffer.Dispose();
        }
    }

    private static OrtValue Zeros(TensorSpec spec, List<AlignedBuffer> buffers)
    {
        long[] shape = [.. spec.Shape.Select(size => Math.Max(size, 1))];
        var elementSize = Math.Max(spec.Datatype.ElementSize(), 1);
        if (!TensorShape.TryCount(shape, out var count) || (long)count * elementSize > MaxInputBytes)
            throw new PipelineException(ProblemCodes.ModelRefused, $"Its input {spec} is larger than a request may be ({MaxInputBytes} bytes).");
        if (spec.Datatype == TensorDatatype.Bytes) return OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        var buffer = AlignedBuffer.Rent(count * elementSize);
        buffers.Add(buffer);
        buffer.Span.Clear();
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, spec.Datatype.ToOnnx(), shape, buffer.Address, (long)count * elementSize);
    }
}
