using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The functions of the app.</summary>
internal sealed partial class FunctionCatalogue(IReadOnlyList<FunctionDescriptor> functions)
{
    public IReadOnlyList<FunctionDescriptor> Functions => functions;

    public IEnumerable<(FunctionDescriptor Function, TTrigger Trigger)> Of<TTrigger>()
        where TTrigger : Trigger =>
        functions.Where(function => function.Trigger is TTrigger).Select(function => (function, (TTrigger)function.Trigger));

    public static FunctionCatalogue Discover(FunctionsHostOptions options, IConfiguration configuration, bool servesHttp, StartupFaults faults)
    {
        var found = new Dictionary<string, FunctionDescriptor>(StringComparer.OrdinalIgnoreCase);
        var triggers = new TriggerFactory(configuration, servesHttp);
        foreach (var method in options.ResolveFunctionTypes().SelectMany(Methods))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { Name: var name } || IsDisabled(configuration, name)) continue;
            faults.Collect(name, () =>
            {
                var function = new FunctionDescriptor(name, method, triggers.Create(name, TriggerParameter(method)));
                CheckMethod(name, method);
                if (!found.TryAdd(name, function))
                    throw new FunctionsStartupException($"the name is used twice, by {found[name].EntryPoint} and {function.EntryPoint}. Give each function its own.");
            });
        }
        return new FunctionCatalogue([.. found.Values.OrderBy(function => function.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Compiles every function behind <paramref name="middleware"/>, the first of which is the outermost.</summary>
    public void Compile(Func<FunctionExecutionDelegate, FunctionExecutionDelegate>[] middleware, StartupFaults faults)
    {
        foreach (var function in functions)
        {
            faults.Collect(function.Name, () => function.Run = middleware
                .Reverse()
                .Aggregate(FunctionCompiler.Compile(function), (next, wrap) => wrap(next)));
        }
    }

    /// <summary>Finds the constructor parameters that no service fills, before the first invocation would.</summary>
    public void CheckConstructors(IServiceProviderIsService services, StartupFaults faults)
    {
        foreach (var function in functions.Where(function => !function.Method.IsStatic))
        {
            var constructors = function.Method.DeclaringType!.GetConstructors();
            if (constructors.Length != 1)
            {
                faults.Add(function.Name, $"{function.Method.DeclaringType.Name} has {constructors.Length} public constructors. Give it exactly one.");
                continue;
            }
            foreach (var parameter in constructors[0].GetParameters().Where(parameter => !parameter.HasDefaultValue && !IsFilled(parameter, services)))
                faults.Add(function.Name, $"constructor parameter '{parameter.Name}' needs {parameter.ParameterType}, which is not registered. Add it to builder.Services.");
        }
    }

    private static bool IsFilled(ParameterInfo parameter, IServiceProviderIsService services) =>
        parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is not null || services.IsService(parameter.ParameterType);

    private static IEnumerable<MethodInfo> Methods(Type type) => type is { IsClass: true, IsGenericTypeDefinition: false }
        ? type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        : [];

    private static bool IsDisabled(IConfiguration configuration, string name) =>
        HostSettings.Read(configuration, $"AzureWebJobs.{name}.Disabled", fallback: false)
        || HostSettings.Read(configuration, $"AzureWebJobs:{name}:Disabled", fallback: false);

    private static ParameterInfo TriggerParameter(MethodInfo method)
    {
        var triggers = method.GetParameters().Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute), inherit: false)).ToList();
        return triggers.Count == 1
            ? triggers[0]
            : throw new FunctionsStartupException($"{method.DeclaringType!.FullName}.{method.Name} has {triggers.Count} trigger attributes on its parameters. A function has exactly one.");
    }

    private static void CheckMethod(string name, MethodInfo method)
    {
        if (!FunctionName().IsMatch(name))
            throw new FunctionsStartupException("the name must start with a letter and hold at most 128 letters, digits, '-' and '_'.");
        if (!method.IsPublic)
            throw new FunctionsStartupException($"{method.DeclaringType!.FullName}.{method.Name} is not public.");
        if (!method.IsStatic && method.DeclaringType!.IsAbstract || method.ContainsGenericParameters)
            throw new FunctionsStartupException($"{method.DeclaringType!.FullName}.{method.Name} cannot be called: its class is abstract or it is generic.");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionName();
}
