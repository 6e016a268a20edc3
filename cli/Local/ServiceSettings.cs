namespace AIaaS.Cli.Local;

/// <summary>The app settings of a local service, as environment variables of its processes.</summary>
public static class ServiceSettings
{
    public static Dictionary<string, string?> For(DataFolder data, string storage) => new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = storage,
        ["ServiceBus"] = storage,
        ["KeyVaultUri"] = new Uri(data.Keys + Path.DirectorySeparatorChar).AbsoluteUri,
        ["AzureWebJobsSecretsFolder"] = data.Secrets,
        ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
        // Settings of the shell that would point these processes at somebody's cloud.
        ["AzureWebJobsStorage__accountName"] = null,
        ["ServiceBus__fullyQualifiedNamespace"] = null,
        ["DOTNET_URLS"] = null,
        ["URLS"] = null,
    };
}
