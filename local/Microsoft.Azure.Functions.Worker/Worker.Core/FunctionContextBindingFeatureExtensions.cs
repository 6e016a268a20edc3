namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>What the function returned; middleware that sets it decides what an HTTP caller gets.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context is InvocationContext invocation
            ? invocation.InvocationResult
            : throw new InvalidOperationException("Only a context that the host made has an invocation result.");
    }
}
