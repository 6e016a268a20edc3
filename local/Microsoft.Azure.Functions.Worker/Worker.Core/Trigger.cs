using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What starts a function, and how its parameters are filled from what started it.</summary>
internal abstract class Trigger
{
    /// <summary>Types a parameter may have, for the text of start-up faults.</summary>
    public abstract string SupportedParameters { get; }

    /// <summary>An expression that reads the parameter's value from <paramref name="context"/>; null when this trigger has no such value.</summary>
    /// <exception cref="Builder.FunctionsStartupException">The parameter is wrong in a way that can be said better than "unsupported".</exception>
    public abstract Expression? Bind(ParameterInfo parameter, ParameterExpression context);

    /// <summary>Whether a function of this trigger may return <paramref name="type"/> (the task's result type for tasks).</summary>
    public virtual bool CanReturn(Type type) => false;
}
