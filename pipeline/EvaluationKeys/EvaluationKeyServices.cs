using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Pipeline.EvaluationKeys;

internal static class EvaluationKeyServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => EvaluationKeyLimits.From(configuration));
        services.AddSingleton<EvaluationKeyStore>();
        services.AddSingleton<EvaluationKeyInspection>();
        services.AddSingleton<EvaluationKeyUpload>();
    }
}
