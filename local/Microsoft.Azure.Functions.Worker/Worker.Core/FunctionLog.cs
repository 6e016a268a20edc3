using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

internal static partial class FunctionLog
{
    [LoggerMessage(1, LogLevel.Error, "The function failed.")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The request was refused: {Reason}")]
    public static partial void BadRequest(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Debug, "The caller has gone before the function was done.")]
    public static partial void CallerGone(ILogger logger);
}
