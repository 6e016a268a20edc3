#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

public class ServiceBusProcessorOptions
{
    /// <summary>Complete a message when its handler returns without having settled it; true by default.</summary>
    public bool AutoCompleteMessages { get; set; } = true;

    /// <summary>Handlers at once, 1 or more; 1 by default.</summary>
    public int MaxConcurrentCalls
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>How long a handler's lock is renewed; 5 minutes by default, zero for never.</summary>
    public TimeSpan MaxAutoLockRenewalDuration
    {
        get;
        set
        {
            if (value != Timeout.InfiniteTimeSpan)
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMinutes(5);

    public ServiceBusReceiveMode ReceiveMode { get; set; }

    public SubQueue SubQueue { get; set; }

    public string Identifier { get; set; }
}
