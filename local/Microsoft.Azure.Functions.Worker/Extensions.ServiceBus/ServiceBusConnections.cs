using System.Collections.Concurrent;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>One client per connection setting.</summary>
internal sealed class ServiceBusConnections(IConfiguration configuration) : IAsyncDisposable
{
    public const string IdentityKey = "fullyQualifiedNamespace";

    private readonly ConcurrentDictionary<string, Lazy<ServiceBusClient>> _clients = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="FunctionsStartupException">The setting is missing or no connection.</exception>
    public ServiceBusClient Client(string name) => _clients.GetOrAdd(name, key => new Lazy<ServiceBusClient>(() => Connect(key))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated)) await client.Value.DisposeAsync();
    }

    private ServiceBusClient Connect(string name)
    {
        var section = ConnectionSettings.Find(configuration, name, IdentityKey);
        try
        {
            if (section.Value is { Length: > 0 } text) return new ServiceBusClient(text);
            return section[IdentityKey] is { Length: > 0 } host
                ? new ServiceBusClient(host, new DefaultAzureCredential())
                : throw new FunctionsStartupException($"connection setting '{name}' has neither a connection string nor {name}__{IdentityKey}.");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            throw new FunctionsStartupException($"connection setting '{name}': {exception.Message}", exception);
        }
    }
}
