using AIaaS.Pipeline.Problems;
using Azure;

namespace AIaaS.Pipeline.Datasets;

/// <summary>What the storage did to us, as a typed error that can be tried again.</summary>
internal static class StorageFault
{
    public static PipelineException Of(RequestFailedException exception) => new(ProblemCodes.StorageUnavailable,
        $"The storage answered {exception.Status} ({exception.ErrorCode ?? "no code"}). Try again.", innerException: exception);

    public static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException exception)
        {
            throw Of(exception);
        }
    }
}
