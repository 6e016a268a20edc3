using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes the trigger that a parameter's attribute asks for.</summary>
internal sealed class TriggerFactory(IConfiguration configuration, bool servesHttp)
{
    private const string DefaultRoutePrefix = "api";

    /// <exception cref="FunctionsStartupException">The attribute's values or the settings it names are wrong.</exception>
    public Trigger Create(string functionName, ParameterInfo parameter) => parameter.GetCustomAttribute<TriggerBindingAttribute>() switch
    {
        HttpTriggerAttribute http when servesHttp =>
            new HttpTrigger(http, functionName, HostSettings.ReadHostJson(configuration, "extensions:http:routePrefix", DefaultRoutePrefix)),
        HttpTriggerAttribute => throw new FunctionsStartupException("HTTP functions need builder.ConfigureFunctionsWebApplication() in Program.cs."),
        BlobTriggerAttribute blob => new BlobTrigger(blob, parameter, configuration),
        ServiceBusTriggerAttribute serviceBus => new ServiceBusTrigger(serviceBus, parameter, configuration),
        TimerTriggerAttribute timer => new TimerTrigger(timer, configuration),
        var other => throw new FunctionsStartupException($"trigger {other?.GetType().Name} is not supported."),
    };
}
