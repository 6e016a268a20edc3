using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The listener of each function that is not run by the HTTP server.</summary>
internal sealed class TriggerListeners(FunctionCatalogue functions, IServiceProvider services)
{
    public IEnumerable<ITriggerListener> Create()
    {
        foreach (var (function, trigger) in functions.Of<BlobTrigger>())
            yield return ActivatorUtilities.CreateInstance<BlobListener>(services, function, trigger);
        foreach (var (function, trigger) in functions.Of<ServiceBusTrigger>())
            yield return ActivatorUtilities.CreateInstance<ServiceBusListener>(services, function, trigger);
        foreach (var (function, trigger) in functions.Of<TimerTrigger>())
            yield return ActivatorUtilities.CreateInstance<TimerListener>(services, function, trigger);
    }
}
