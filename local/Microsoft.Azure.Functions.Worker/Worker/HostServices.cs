using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Kestrel, draining and lifetime of the process.</summary>
internal static class HostServices
{
    private const string DefaultAddress = "http://127.0.0.1:7071";
    private const long DefaultBodyLimit = 8L << 30;

    public static void Configure(WebApplicationBuilder web, FunctionsHostOptions options)
    {
        web.Services.AddSingleton(options);
        web.Services.AddSingleton<Drain>();
        web.Services.AddSingleton<FunctionRunner>();
        web.Services.AddSingleton<StorageConnections>();
        web.Services.AddSingleton<ServiceBusConnections>();
        web.Services.AddSingleton<TriggerListeners>();
        web.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);

        // Kestrel aborts the requests still running after this time; the triggers keep the same time themselves.
        web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);

        web.WebHost.UseKestrelHttpsConfiguration();
        if (!HasAddress(web)) web.WebHost.UseUrls(DefaultAddress);
        web.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HostSettings.Read(context.Configuration, HostSettings.BodyLimit, DefaultBodyLimit);
        });
    }

    private static bool HasAddress(WebApplicationBuilder web) =>
        web.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 }
        || web.Configuration[WebHostDefaults.HttpPortsKey] is { Length: > 0 }
        || web.Configuration.GetSection("Kestrel:Endpoints").Exists();
}
