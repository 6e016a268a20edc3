namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger knows about an invocation: route values, parts of a blob's path, message properties.</summary>
public abstract class BindingContext
{
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
