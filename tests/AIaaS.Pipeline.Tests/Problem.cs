using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Tests;

internal static class Problem
{
    /// <summary>The problem an action ends with; null when it ends well. Anything else thrown fails the test.</summary>
    public static async Task<PipelineException?> OfAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (PipelineException exception)
        {
            return exception;
        }
    }

    public static async Task<ProblemCode?> CodeOfAsync(Func<Task> action) => (await OfAsync(action))?.Code;
}
