namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute
{
    // The real class can be derived from by anyone, so its constructor is public there.
#pragma warning disable MA0017 // Abstract types should not have public constructors
    public BindingAttribute() { }
#pragma warning restore MA0017
}
