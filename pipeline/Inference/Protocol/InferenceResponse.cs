namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>The finished bytes of an answer. Dispose once they are written.</summary>
public sealed class InferenceResponse : IDisposable
{
    private readonly ResponseBuffer _buffer;

    internal InferenceResponse(ResponseBuffer buffer, int? jsonLength)
    {
        _buffer = buffer;
        JsonLength = jsonLength;
    }

    /// <summary>For the header Inference-Header-Content-Length; null when the answer is all JSON.</summary>
    public int? JsonLength { get; }

    /// <summary>JSON, then the binary tensors in its order.</summary>
    public ReadOnlyMemory<byte> Body => _buffer.Written;

    public string ContentType => JsonLength is null ? "application/json" : "application/octet-stream";

    public void Dispose() => _buffer.Dispose();
}
