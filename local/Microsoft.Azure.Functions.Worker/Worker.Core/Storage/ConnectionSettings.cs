using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a trigger's <c>Connection</c> names: a connection string, or a section for a connection by identity.</summary>
internal static class ConnectionSettings
{
    public const string Storage = "AzureWebJobsStorage";
    public const string ServiceBus = "AzureWebJobsServiceBus";

    /// <summary>The setting's section; as in Functions the name may leave out the prefix AzureWebJobs or be one of ConnectionStrings.</summary>
    /// <exception cref="FunctionsStartupException">There is no such setting.</exception>
    public static IConfigurationSection Find(IConfiguration configuration, string name, string identityKey)
    {
        foreach (var key in (string[])[$"AzureWebJobs{name}", name, $"ConnectionStrings:{name}"])
        {
            var section = configuration.GetSection(key);
            if (section.Value is { Length: > 0 } || section.GetChildren().Any()) return section;
        }
        throw new FunctionsStartupException($"connection setting '{name}' is missing. Set {name} to a connection string, or {name}__{identityKey} to connect by identity.");
    }
}
