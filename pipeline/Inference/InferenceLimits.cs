namespace AIaaS.Pipeline.Inference;

/// <summary>The bounds that keep one request, and all of them together, from taking the machine.</summary>
public static class InferenceLimits
{
    /// <summary>The largest body of one request: 64 MiB.</summary>
    public const int MaxRequestBytes = 64 << 20;

    /// <summary>The largest answer: 128 MiB.</summary>
    public const int MaxResponseBytes = 128 << 20;

    /// <summary>What the JSON tensors of one request may take once decoded: 64 MiB.</summary>
    public const int MaxDecodedBytes = 64 << 20;

    /// <summary>Strings in one BYTES tensor; each takes at least 32 bytes inside ONNX Runtime.</summary>
    public const int MaxStrings = 1 << 20;

    /// <summary>Request bytes held at once over all requests: 512 MiB. Beyond it, answers are 503.</summary>
    public const long MaxBytesInFlight = 512L << 20;

    /// <summary>Dimensions of one tensor.</summary>
    public const int MaxDimensions = 16;

    /// <summary>Nesting of the JSON: the request's own four levels and one per dimension.</summary>
    public const int MaxJsonDepth = MaxDimensions + 4;

    /// <summary>Characters of a request id.</summary>
    public const int MaxIdLength = 256;
}
