using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Turns a function's method into one compiled delegate: make the instance, fill the parameters, call, keep the result.</summary>
internal static class FunctionCompiler
{
    private delegate Task Call(object? instance, InvocationContext context);

    /// <exception cref="FunctionsStartupException">A parameter or the return type is not supported.</exception>
    public static FunctionExecutionDelegate Compile(FunctionDescriptor function)
    {
        var method = function.Method;
        var call = CompileCall(function);
        if (method.IsStatic) return context => call(null, (InvocationContext)context);

        var type = method.DeclaringType!;
        var create = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        if (!typeof(IDisposable).IsAssignableFrom(type) && !typeof(IAsyncDisposable).IsAssignableFrom(type))
            return context => call(create(context.InstanceServices, null), (InvocationContext)context);
        return async context =>
        {
            var instance = create(context.InstanceServices, null);
            try
            {
                await call(instance, (InvocationContext)context);
            }
            finally
            {
                if (instance is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
                else ((IDisposable)instance).Dispose();
            }
        };
    }

    private static Call CompileCall(FunctionDescriptor function)
    {
        var method = function.Method;
        var instance = Expression.Parameter(typeof(object), "instance");
        var context = Expression.Parameter(typeof(InvocationContext), "context");
        var arguments = method.GetParameters().Select(parameter => Bind(function, parameter, context));
        var target = method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!);
        var body = Keep(function, Expression.Call(target, method, arguments), context);
        return Expression.Lambda<Call>(body, function.Name, [instance, context]).Compile();
    }

    private static Expression Bind(FunctionDescriptor function, ParameterInfo parameter, ParameterExpression context)
    {
        if (parameter.ParameterType == typeof(FunctionContext)) return context;
        if (parameter.ParameterType == typeof(CancellationToken)) return Expression.Property(context, nameof(FunctionContext.CancellationToken));
        return function.Trigger.Bind(parameter, context)
            ?? throw new FunctionsStartupException(
                $"parameter '{parameter.Name}' has type {parameter.ParameterType.Name}, which this trigger cannot bind. It binds {function.Trigger.SupportedParameters}, FunctionContext and CancellationToken.");
    }

    private static Expression Keep(FunctionDescriptor function, Expression call, ParameterExpression context)
    {
        var type = call.Type;
        if (type == typeof(void)) return Expression.Block(call, Expression.Constant(Task.CompletedTask));
        if (type == typeof(Task)) return call;
        if (type == typeof(ValueTask)) return Expression.Call(call, nameof(ValueTask.AsTask), null);

        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var result = generic == typeof(Task<>) || generic == typeof(ValueTask<>) ? type.GetGenericArguments()[0] : type;
        if (!function.Trigger.CanReturn(result))
            throw new FunctionsStartupException($"it returns {result.Name}, which this trigger cannot use.");
        var keep = generic == typeof(Task<>) ? nameof(KeepTask) : generic == typeof(ValueTask<>) ? nameof(KeepValueTask) : nameof(KeepValue);
        return Expression.Call(typeof(FunctionCompiler), keep, [result], call, context);
    }

    private static Task KeepTask<T>(Task<T> task, InvocationContext context)
    {
        if (!task.IsCompletedSuccessfully) return Wait(task, context);
        context.Result = task.Result;
        return Task.CompletedTask;

        static async Task Wait(Task<T> task, InvocationContext context) => context.Result = await task;
    }

    private static Task KeepValueTask<T>(ValueTask<T> task, InvocationContext context) => KeepTask(task.AsTask(), context);

    private static Task KeepValue<T>(T value, InvocationContext context)
    {
        context.Result = value;
        return Task.CompletedTask;
    }
}
