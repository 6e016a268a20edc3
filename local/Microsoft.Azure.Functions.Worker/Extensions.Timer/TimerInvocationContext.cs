namespace Microsoft.Azure.Functions.Worker;

internal sealed class TimerInvocationContext(FunctionDescriptor function, IServiceProvider services, TimerInfo timer, CancellationToken cancellationToken)
    : InvocationContext(function, services, cancellationToken)
{
    public TimerInfo Timer => timer;

    protected override IReadOnlyDictionary<string, object?> BindingData() => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        ["IsPastDue"] = timer.IsPastDue,
    };
}
