using System.Reflection;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function of the app: its method, its trigger and, once compiled, how it is run.</summary>
internal sealed class FunctionDescriptor(string name, MethodInfo method, Trigger trigger) : FunctionDefinition
{
    public override string Name => name;

    public override string Id => name;

    public override string EntryPoint => $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string PathToAssembly => method.DeclaringType!.Assembly.Location;

    public MethodInfo Method => method;

    public Trigger Trigger => trigger;

    /// <summary>Middleware, then the function itself. Leaves what the function returned in <see cref="InvocationContext.Result"/>.</summary>
    public FunctionExecutionDelegate Run { get; set; } = _ => throw new InvalidOperationException($"Function '{name}' has not been compiled.");
}
