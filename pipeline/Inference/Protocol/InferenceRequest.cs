using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>A checked infer request: one tensor for every input of the model, in its order.</summary>
public sealed class InferenceRequest : IDisposable
{
    private readonly List<AlignedBuffer> _decoded = [];

    internal InferenceRequest(ModelSignature signature)
    {
        Signature = signature;
        Inputs = new OrtValue[signature.Inputs.Count];
        Outputs = signature.AllOutputs;
    }

    public ModelSignature Signature { get; }

    /// <summary>As the client sent it, to be echoed.</summary>
    public string? Id { get; internal set; }

    internal OrtValue[] Inputs { get; }

    /// <summary>Indices of the outputs asked for, in the order asked.</summary>
    internal int[] Outputs { get; set; }

    /// <summary>What each of <see cref="Outputs"/> said; null where it said nothing.</summary>
    internal bool?[]? OutputBinary { get; set; }

    /// <summary>For outputs that say nothing themselves.</summary>
    internal bool BinaryByDefault { get; set; }

    internal int DecodedBytes { get; private set; }

    internal bool IsBinary(int index) => OutputBinary?[index] ?? BinaryByDefault;

    /// <summary>Memory for a tensor decoded from JSON; freed with the request.</summary>
    internal AlignedBuffer Rent(int bytes)
    {
        var buffer = AlignedBuffer.Rent(bytes);
        _decoded.Add(buffer);
        DecodedBytes += bytes;
        return buffer;
    }

    public void Dispose()
    {
        foreach (var value in Inputs) value?.Dispose();
        foreach (var buffer in _decoded) buffer.Dispose();
        _decoded.Clear();
    }
}
