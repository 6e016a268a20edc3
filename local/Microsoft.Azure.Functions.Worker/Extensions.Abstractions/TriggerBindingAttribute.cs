namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute
{
    // Public as in the real class.
#pragma warning disable MA0017 // Abstract types should not have public constructors
    public TriggerBindingAttribute() { }
#pragma warning restore MA0017
}
