using System.Diagnostics;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What every trigger's context shares. Everything rarely asked for is made when asked for: this is on the path of each request.</summary>
internal abstract class InvocationContext(FunctionDescriptor function, IServiceProvider services, CancellationToken cancellationToken) : FunctionContext
{
    private string? _id;
    private IDictionary<object, object>? _items;
    private ActivityTraceContext? _trace;
    private TriggerBindingContext? _binding;
    private ContextResult? _invocationResult;

    public override string InvocationId => _id ??= Guid.NewGuid().ToString("D");

    public override string FunctionId => function.Id;

    public override FunctionDefinition FunctionDefinition => function;

    public override TraceContext TraceContext => _trace ??= new ActivityTraceContext(Activity.Current);

    public override BindingContext BindingContext => _binding ??= new TriggerBindingContext(BindingData());

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items
    {
        get => _items ??= new Dictionary<object, object>();
        set => _items = value;
    }

    public override CancellationToken CancellationToken => cancellationToken;

    /// <summary>What the function returned; null for none.</summary>
    internal object? Result { get; set; }

    internal InvocationResult InvocationResult => _invocationResult ??= new ContextResult(this);

    protected abstract IReadOnlyDictionary<string, object?> BindingData();

    private sealed class ContextResult(InvocationContext context) : InvocationResult
    {
        public override object? Value { get => context.Result; set => context.Result = value; }
    }

    private sealed class TriggerBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class ActivityTraceContext(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? "";

        public override string TraceState => activity?.TraceStateString ?? "";
    }
}
