namespace AIaaS.Testing;

/// <summary>Where one running service keeps everything: a storage account of Azurite and a folder for keys.</summary>
/// <param name="Storage">Connection string.</param>
/// <param name="DataFolder">Vault and function keys; made when missing.</param>
/// <param name="QueueOptions">Appended to the queues' connection string, such as "LockSeconds=2;".</param>
/// <param name="Settings">Further app settings of the Function App.</param>
public sealed record ServiceSettings(string Storage, string DataFolder, string QueueOptions = "", IReadOnlyDictionary<string, string?>? Settings = null)
{
    public string SecretsFolder => Path.Combine(DataFolder, "secrets");

    public string VaultFolder => Path.Combine(DataFolder, "vault");

    /// <param name="fault">AIAAS_FAULT: where the process is to die; null for nowhere.</param>
    public Dictionary<string, string?> Environment(string? fault = null)
    {
        Directory.CreateDirectory(VaultFolder);
        Directory.CreateDirectory(SecretsFolder);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = Storage,
            ["ServiceBus"] = Storage + QueueOptions,
            ["KeyVaultUri"] = new Uri(VaultFolder + "/").AbsoluteUri,
            ["AzureWebJobsSecretsFolder"] = SecretsFolder,
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            // Many hosts on few cores: the background compiler of one starves the others.
            ["DOTNET_TieredPGO"] = "0",
            ["AIAAS_FAULT"] = fault,
        };
        foreach (var (name, value) in Settings ?? new Dictionary<string, string?>()) environment[name] = value;
        return environment;
    }
}
