using Microsoft.Extensions.Logging;

namespace AIaaS.Training.Jobs;

/// <summary>What the process says last when it could not do its work.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "The worker stops: {Reason}")]
    public static partial void Stopped(ILogger logger, string reason, Exception exception);
}
