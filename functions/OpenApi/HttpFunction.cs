using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.OpenApi;

/// <summary>One HTTP function, read from its attributes. <paramref name="Route"/> begins with '/' and has no constraints: "/datasets/{name}".</summary>
public sealed record HttpFunction(
    string Name, string Route, IReadOnlyList<string> Methods, AuthorizationLevel Authorization, MethodInfo Method, ApiOperationAttribute? Operation)
{
    public static IReadOnlyList<HttpFunction> Find(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           orderby trigger.Route, function.Name
           select new HttpFunction(
               function.Name, "/" + WithoutConstraints(trigger.Route ?? function.Name), trigger.Methods ?? [], trigger.AuthLevel,
               method, method.GetCustomAttribute<ApiOperationAttribute>()),
    ];

    /// <summary>The names of the route's parameters, in order.</summary>
    public IEnumerable<string> RouteParameters => Route.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..^1]);

    // "{version:int?}" and "{*path}" mean to a router what a reader of the document calls {version} and {path}.
    private static string WithoutConstraints(string route) => string.Join('/', route.Split('/').Select(part =>
        part.StartsWith('{') ? $"{{{part[1..^1].TrimStart('*').Split(':', '=', '?')[0]}}}" : part));
}
