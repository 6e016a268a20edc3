using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>HTTP functions take ASP.NET Core's <c>HttpRequest</c> and return <c>IActionResult</c>.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServesHttp) return builder;
        builder.ServesHttp = true;
        builder.Services.AddRouting();
        // The executors of ObjectResult, JsonResult, FileResult and the rest live here; no controllers are looked for.
        builder.Services.AddMvcCore();
        return builder;
    }
}
