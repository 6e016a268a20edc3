using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;
using AIaaS.Pipeline.Storage;
using Azure.Core;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AIaaS.Pipeline;

/// <summary>Puts the pipeline together from its settings; the Function App and the training container use the same.</summary>
public static class PipelineServices
{
    /// <remarks>A missing or malformed setting shows as an InvalidOperationException naming it, at the first use of what needs it.</remarks>
    public static IServiceCollection AddPipeline(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());

        services.AddSingleton(provider => StorageAccount.From(configuration, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton(provider => ServiceBus(configuration, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton(provider => new KeyClient(VaultUri(configuration), provider.GetRequiredService<TokenCredential>()));

        services.AddSingleton<VaultOperations>();
        services.AddSingleton<ContentKeyRecords>();
        services.AddSingleton<KeyStates>();
        services.AddSingleton<KeyCreation>();
        services.AddSingleton<ContentKeyRing>();
        services.AddSingleton<VaultKeys>();
        services.AddSingleton<VaultStore>();
        services.AddSingleton<IngestionQueue>();
        services.AddSingleton(DatasetLimits.Default);
        services.AddSingleton<DatasetStore>();
        services.AddSingleton<DatasetDrop>();
        services.AddSingleton<DatasetIngestion>();
        services.AddSingleton<DatasetReader>();
        services.AddSingleton<DatasetSweep>();
        services.AddSingleton<JobFileDrop>();
        services.AddSingleton(JobOptions.From(configuration));
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobSubmission>();
        services.AddSingleton<JobPublication>();
        services.AddSingleton<JobSweep>();
        services.AddSingleton<ModelRegistry>();
        EvaluationKeys.EvaluationKeyServices.Add(services, configuration);
        Inference.InferenceServices.Add(services, configuration);
        return services;
    }

    private static ServiceBusClient ServiceBus(IConfiguration configuration, TokenCredential credential)
    {
        if (configuration["ServiceBus"] is { Length: > 0 } connection) return new ServiceBusClient(connection);
        return configuration["ServiceBus:fullyQualifiedNamespace"] is { Length: > 0 } name
            ? new ServiceBusClient(name, credential)
            : throw new InvalidOperationException("Set ServiceBus to a connection string, or ServiceBus__fullyQualifiedNamespace to the host name of the namespace.");
    }

    private static Uri VaultUri(IConfiguration configuration) =>
        Uri.TryCreate(configuration["KeyVaultUri"], UriKind.Absolute, out var uri)
            ? uri
            : throw new InvalidOperationException("Set KeyVaultUri to the address of the key vault, such as https://my-vault.vault.azure.net/.");
}
