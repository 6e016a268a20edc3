using Microsoft.Extensions.Configuration;

namespace AIaaS.Pipeline.Jobs;

/// <param name="Lease">How long a worker may be silent before another one takes its job over; default 30 s. Workers report at least three times as often.</param>
/// <param name="SubmitGrace">How long a recorded job may be without a message before the sweep sends one; default one minute.</param>
/// <param name="ResendAfter">After how long the sweep sends a waiting job's message again, in case the queue lost it; default 30 minutes.</param>
public sealed record JobOptions(TimeSpan Lease, TimeSpan SubmitGrace, TimeSpan ResendAfter)
{
    public static readonly JobOptions Default = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));

    /// <summary>From "Jobs:LeaseSeconds" (5 to 600), "Jobs:SubmitGraceSeconds" and "Jobs:ResendSeconds" (1 to 86400).</summary>
    /// <exception cref="InvalidOperationException">A value is no number or out of range.</exception>
    public static JobOptions From(IConfiguration configuration) => new(
        Seconds(configuration, "Jobs:LeaseSeconds", Default.Lease, 5, 600),
        Seconds(configuration, "Jobs:SubmitGraceSeconds", Default.SubmitGrace, 1, 86_400),
        Seconds(configuration, "Jobs:ResendSeconds", Default.ResendAfter, 1, 86_400));

    private static TimeSpan Seconds(IConfiguration configuration, string key, TimeSpan fallback, int min, int max)
    {
        if (configuration[key] is not { Length: > 0 } text) return fallback;
        return int.TryParse(text, out var seconds) && seconds >= min && seconds <= max
            ? TimeSpan.FromSeconds(seconds)
            : throw new InvalidOperationException($"The setting {key} must be a whole number of seconds from {min} to {max}.");
    }
}
