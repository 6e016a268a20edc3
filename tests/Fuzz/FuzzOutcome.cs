namespace AIaaS.Fuzz;

/// <summary>One execution.</summary>
/// <param name="Kind">What was read.</param>
/// <param name="Input">The bytes.</param>
/// <param name="Accepted">Whether an object came of it.</param>
/// <param name="Error">Anything that is no typed refusal; null where all is well.</param>
/// <param name="AllocatedBytes">By the managed heap.</param>
/// <param name="AllowedBytes">What it may have been.</param>
/// <param name="Elapsed">How long the reading took.</param>
internal sealed record FuzzOutcome(string Kind, byte[] Input, bool Accepted, Exception? Error, long AllocatedBytes, long AllowedBytes, TimeSpan Elapsed)
{
    /// <summary>By the clock on the wall: on a loaded machine a second passes with nothing done.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with it, or null.</summary>
    public string? Finding =>
        Error is not null ? $"{Error.GetType().Name}: {Error.Message}"
        : AllocatedBytes > AllowedBytes ? $"allocated {AllocatedBytes} bytes of {AllowedBytes} allowed"
        : Elapsed > Hang ? $"took {Elapsed.TotalSeconds:F1} s"
        : null;
}
