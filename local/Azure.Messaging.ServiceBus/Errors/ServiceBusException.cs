#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>What went wrong at the message broker; <see cref="Reason"/> says which kind, the message says what to do.</summary>
public class ServiceBusException : Exception
{
    public ServiceBusException(string message, ServiceBusFailureReason reason, string entityPath = null, Exception innerException = null)
        : base(message, innerException)
    {
        Reason = reason;
        EntityPath = entityPath;
        IsTransient = reason is ServiceBusFailureReason.ServiceCommunicationProblem
            or ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceBusy;
    }

    public ServiceBusFailureReason Reason { get; }

    /// <summary>True where the same call may succeed later.</summary>
    public bool IsTransient { get; }

    public string EntityPath { get; }

    public override string Message => string.IsNullOrEmpty(EntityPath) ? $"{base.Message} ({Reason})" : $"{base.Message} ({EntityPath}: {Reason})";
}
