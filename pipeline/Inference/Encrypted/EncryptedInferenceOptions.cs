using Microsoft.Extensions.Configuration;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>What encrypted inference may take.</summary>
/// <param name="CacheBytes">Encoded networks in memory. Setting <c>Inference:EncryptedCacheBytes</c>; default 1 GiB.</param>
/// <param name="Threads">Of one request. Setting <c>Inference:EncryptedThreads</c>; default 2, or 1 on one core.</param>
/// <param name="Parallel">Requests computed at once. Setting <c>Inference:EncryptedParallel</c>; default cores / threads.</param>
/// <param name="Waiting">Requests that may wait for their turn; beyond it, answers are 503. Setting <c>Inference:EncryptedWaiting</c>; default 32.</param>
/// <param name="TimeLimit">What is expected to compute longer is answered later. Setting <c>Inference:EncryptedTimeLimit</c>; default 10 s.</param>
public sealed record EncryptedInferenceOptions(long CacheBytes, int Threads, int Parallel, int Waiting, TimeSpan TimeLimit)
{
    /// <exception cref="InvalidOperationException">A setting is no positive number, or no time span.</exception>
    public static EncryptedInferenceOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var threads = (int)Read(configuration, "EncryptedThreads", Math.Min(2, Environment.ProcessorCount));
        return new EncryptedInferenceOptions(
            Read(configuration, "EncryptedCacheBytes", 1L << 30),
            threads,
            (int)Read(configuration, "EncryptedParallel", Math.Max(1, Environment.ProcessorCount / threads)),
            (int)Read(configuration, "EncryptedWaiting", 32),
            Time(configuration));
    }

    private static long Read(IConfiguration configuration, string name, long otherwise)
    {
        if (configuration[$"Inference:{name}"] is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, out var value) && value > 0 && (value <= int.MaxValue || name == "EncryptedCacheBytes")
            ? value
            : throw new InvalidOperationException($"Inference__{name} must be a positive number.");
    }

    private static TimeSpan Time(IConfiguration configuration)
    {
        if (configuration["Inference:EncryptedTimeLimit"] is not { Length: > 0 } text) return TimeSpan.FromSeconds(10);
        return TimeSpan.TryParse(text, out var value) && value >= TimeSpan.Zero ? value : throw new InvalidOperationException("Inference__EncryptedTimeLimit must be a time span such as 00:00:10.");
    }
}
