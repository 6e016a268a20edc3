namespace AIaaS.Local.Tests.ServiceBus;

/// <summary>The real clock, set forward: windows end without anybody waiting, while storage's own clock goes on as it does.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
