using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Import;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Registry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Pipeline.Inference;

/// <summary>What answers with models: at once, behind the queue, and in batches.</summary>
internal static class InferenceServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => ModelCacheOptions.From(configuration));
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<ModelCache>();
        services.AddSingleton<VersionResolver>();
        services.AddSingleton<KeyWatch>();
        services.AddSingleton(_ => EncryptedInferenceOptions.From(configuration));
        services.AddSingleton<EncryptedNetworkCache>();
        services.AddSingleton<EvaluationKeyCache>();
        services.AddSingleton<EncryptedModels>();
        services.AddSingleton<EncryptedInference>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<InferenceMetrics>();
        services.AddSingleton<InferenceEngine>();
        services.AddSingleton<BytesInFlight>();

        services.AddSingleton(_ => new TrialProcess());
        services.AddSingleton<ModelImport>();
        services.AddSingleton<ModelCards>();

        services.AddSingleton<OperationStore>();
        services.AddSingleton<OperationResults>();
        services.AddSingleton<OperationSweep>();
        services.AddSingleton<InferenceQueue>();
        services.AddSingleton<AsynchronousInference>();
        services.AddSingleton<BatchInference>();
        services.AddSingleton<BatchDrops>();
        services.AddSingleton<OperationRunner>();
    }
}
