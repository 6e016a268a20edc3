using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class HttpInvocationContext(FunctionDescriptor function, HttpContext http)
    : InvocationContext(function, http.RequestServices, http.RequestAborted)
{
    public HttpContext Http => http;

    public string? RouteText(string name) => http.GetRouteValue(name)?.ToString();

    /// <exception cref="BadHttpRequestException">The path's segment is no <typeparamref name="T"/>.</exception>
    public T RouteValue<T>(string name)
        where T : IParsable<T>
    {
        var text = RouteText(name);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new BadHttpRequestException($"'{name}' in the path is no {typeof(T).Name}.");
    }

    public T? OptionalRouteValue<T>(string name)
        where T : struct, IParsable<T> => RouteText(name) is null ? null : RouteValue<T>(name);

    protected override IReadOnlyDictionary<string, object?> BindingData() => http.GetRouteData().Values;
}
