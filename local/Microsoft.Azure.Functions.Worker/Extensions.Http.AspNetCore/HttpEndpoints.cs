using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>One endpoint per HTTP function.</summary>
internal static class HttpEndpoints
{
    public static void Map(WebApplication app, FunctionCatalogue functions)
    {
        var http = functions.Of<HttpTrigger>().ToList();
        var keys = http.Exists(pair => pair.Trigger.Level != AuthorizationLevel.Anonymous)
            ? FunctionKeys.Load(FunctionKeys.Folder(app.Configuration, app.Environment.ContentRootPath))
            : null;
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        foreach (var (function, trigger) in http)
        {
            var handler = new HttpFunction(function, trigger.Level, keys, loggers.CreateLogger($"Function.{function.Name}"));
            var endpoint = app.Map(trigger.Pattern, (RequestDelegate)handler.HandleAsync);
            if (trigger.Methods is { } methods) endpoint.WithMetadata(new HttpMethodMetadata(methods));
            endpoint.WithDisplayName(function.Name);
        }
    }
}
