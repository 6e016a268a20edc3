using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class HttpTrigger : Trigger
{
    /// <exception cref="FunctionsStartupException">The route is no template, or the level needs a user, whom this host does not know.</exception>
    public HttpTrigger(HttpTriggerAttribute attribute, string functionName, string routePrefix)
    {
        Level = attribute.AuthLevel;
        if (Level is AuthorizationLevel.User)
            throw new FunctionsStartupException("authorization level User is not supported. Use Anonymous, Function or Admin.");
        Methods = attribute.Methods is { Length: > 0 } methods ? [.. methods.Select(method => method.ToUpperInvariant()).Distinct(StringComparer.Ordinal)] : null;

        var route = string.IsNullOrEmpty(attribute.Route) ? functionName : attribute.Route;
        if (route.StartsWith('/') || route.StartsWith('~'))
            throw new FunctionsStartupException($"route '{route}' must not start with '{route[0]}'.");
        try
        {
            Pattern = RoutePatternFactory.Parse(routePrefix.Trim('/') is { Length: > 0 } prefix ? $"{prefix}/{route}" : route);
        }
        catch (RoutePatternException exception)
        {
            throw new FunctionsStartupException($"route '{route}' is no route template: {exception.Message}", exception);
        }
    }

    public AuthorizationLevel Level { get; }

    /// <summary>Upper case; null: every method.</summary>
    public IReadOnlyList<string>? Methods { get; }

    public RoutePattern Pattern { get; }

    public override string SupportedParameters => "HttpRequest and route values (text, numbers, bool, Guid, dates)";

    public override Expression? Bind(ParameterInfo parameter, ParameterExpression context)
    {
        var http = Expression.Convert(context, typeof(HttpInvocationContext));
        var type = parameter.ParameterType;
        if (type == typeof(HttpRequest))
            return Expression.Property(Expression.Property(http, nameof(HttpInvocationContext.Http)), nameof(HttpContext.Request));

        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (type != typeof(string) && (!underlying.IsValueType || !IsParsable(underlying))) return null;
        var name = Pattern.Parameters.FirstOrDefault(part => part.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase))?.Name
            ?? throw new FunctionsStartupException($"parameter '{parameter.Name}' is not in the route '{Pattern.RawText}'. Only route values are bound; read the query from HttpRequest.");
        var key = Expression.Constant(name);
        if (type == typeof(string)) return Expression.Call(http, nameof(HttpInvocationContext.RouteText), null, key);
        return underlying == type
            ? Expression.Call(http, nameof(HttpInvocationContext.RouteValue), [type], key)
            : Expression.Call(http, nameof(HttpInvocationContext.OptionalRouteValue), [underlying], key);
    }

    public override bool CanReturn(Type type) => typeof(IActionResult).IsAssignableFrom(type) || typeof(IResult).IsAssignableFrom(type);

    private static bool IsParsable(Type type) => type.GetInterfaces().Any(candidate =>
        candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IParsable<>) && candidate.GetGenericArguments()[0] == type);
}
