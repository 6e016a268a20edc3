using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly FunctionsHostOptions _options;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    internal FunctionsApplicationBuilder(string[] args, FunctionsHostOptions options)
    {
        _options = options;
        _web = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Watching appsettings.json would cost an inotify instance per host; settings are read once, at start.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            ContentRootPath = options.ScriptRoot,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT"),
        });
        HostSettings.AddTo(_web.Configuration, options.ScriptRoot);
        HostServices.Configure(_web, options);
    }

    public ConfigurationManager Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IServiceCollection Services => _web.Services;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>True once the app asked for HTTP through ASP.NET Core.</summary>
    internal bool ServesHttp { get; set; }

    /// <exception cref="FunctionsStartupException">Functions or settings are wrong; the text lists every fault.</exception>
    public IHost Build()
    {
        Services.TryAddSingleton(TimeProvider.System);
        var faults = new StartupFaults();
        var functions = FunctionCatalogue.Discover(_options, Configuration, ServesHttp, faults);
        functions.Compile([.. _middleware], faults);
        RouteConflicts.Find([.. functions.Of<HttpTrigger>()], faults);
        faults.ThrowIfAny();
        Services.AddSingleton(functions);
        Services.AddHostedService<TriggerHost>();

        var app = _web.Build();
        try
        {
            functions.CheckConstructors(app.Services.GetRequiredService<IServiceProviderIsService>(), faults);
            faults.ThrowIfAny();
            HttpEndpoints.Map(app, functions);
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
        return app;
    }

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _middleware.Add(middleware);
        return this;
    }
}
