using AIaaS.Pipeline.Problems;
using Microsoft.Extensions.Configuration;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>How much a caller may keep, for how long, and how much of it is in memory.</summary>
/// <param name="SetBytes">Of one set. Setting <c>EvaluationKeys:SetBytes</c>; default 1.5 GiB.</param>
/// <param name="QuotaBytes">Of all sets of a caller, those being received at their announced size. Setting <c>EvaluationKeys:QuotaBytes</c>; default 2 GiB.</param>
/// <param name="Sets">Sets of a caller. Setting <c>EvaluationKeys:Sets</c>; default 32.</param>
/// <param name="CacheBytes">Keys in memory, over all callers. Setting <c>EvaluationKeys:CacheBytes</c>; default 1 GiB.</param>
/// <param name="Lifetime">How long an unused set is kept. Setting <c>EvaluationKeys:Lifetime</c>; default 30 days.</param>
public sealed record EvaluationKeyLimits(long SetBytes, long QuotaBytes, int Sets, long CacheBytes, TimeSpan Lifetime)
{
    /// <summary>Parts begin and end at multiples of this, but for the end of the last: 4 MiB.</summary>
    public const int PartBytes = 4 << 20;

    /// <summary>An upload that nothing arrives for is given up after this.</summary>
    public static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(24);

    public static EvaluationKeyLimits Default { get; } = new(3L << 29, 2L << 30, 32, 1L << 30, TimeSpan.FromDays(30));

    /// <exception cref="InvalidOperationException">A setting is no positive number or time span.</exception>
    public static EvaluationKeyLimits From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new EvaluationKeyLimits(
            Read(configuration, nameof(SetBytes), Default.SetBytes),
            Read(configuration, nameof(QuotaBytes), Default.QuotaBytes),
            (int)Math.Min(int.MaxValue, Read(configuration, nameof(Sets), Default.Sets)),
            Read(configuration, nameof(CacheBytes), Default.CacheBytes),
            ReadTime(configuration, nameof(Lifetime), Default.Lifetime));
    }

    /// <exception cref="PipelineException">PayloadTooLarge.</exception>
    public void CheckSize(long bytes)
    {
        if (bytes > SetBytes) throw new PipelineException(ProblemCodes.PayloadTooLarge, $"A set of evaluation keys may have {SetBytes} bytes; this one has {bytes}. Make keys for the rotations that the model needs, and send them seeded and compressed.");
    }

    private static long Read(IConfiguration configuration, string name, long otherwise)
    {
        if (configuration[$"EvaluationKeys:{name}"] is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, out var value) && value > 0 ? value : throw new InvalidOperationException($"EvaluationKeys__{name} must be a positive number.");
    }

    private static TimeSpan ReadTime(IConfiguration configuration, string name, TimeSpan otherwise)
    {
        if (configuration[$"EvaluationKeys:{name}"] is not { Length: > 0 } text) return otherwise;
        return TimeSpan.TryParse(text, out var value) && value > TimeSpan.Zero ? value : throw new InvalidOperationException($"EvaluationKeys__{name} must be a time span such as 30.00:00:00.");
    }
}
