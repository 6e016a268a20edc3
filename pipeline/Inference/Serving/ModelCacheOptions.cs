using Microsoft.Extensions.Configuration;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>How much memory served models may take.</summary>
/// <param name="Bytes">Setting <c>Inference:CacheBytes</c>; default 2 GiB.</param>
public sealed record ModelCacheOptions(long Bytes)
{
    public const long DefaultBytes = 2L << 30;

    /// <summary>What a model is counted as: ONNX Runtime keeps the weights, often repacked, and the graph.</summary>
    public static long CostOf(long onnxBytes) => (2 * onnxBytes) + (1 << 20);

    /// <exception cref="InvalidOperationException">The setting is no positive number.</exception>
    public static ModelCacheOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration["Inference:CacheBytes"] is not { Length: > 0 } text) return new ModelCacheOptions(DefaultBytes);
        return long.TryParse(text, out var bytes) && bytes > 0
            ? new ModelCacheOptions(bytes)
            : throw new InvalidOperationException("Inference__CacheBytes must be a positive number of bytes.");
    }
}
