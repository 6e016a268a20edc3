using AIaaS.Functions.Hosting;
using AIaaS.Functions.Http;
using AIaaS.Functions.Inference;
using AIaaS.Functions.Operations;
using AIaaS.Functions.Problems;
using AIaaS.Pipeline;
using AIaaS.Pipeline.Import;
using AIaaS.Pipeline.Inference.Serving;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (TrialLoad.IsAsked(args)) return TrialLoad.Run(args);

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<ApiVersion>();
Sweeping.AddDefaults(builder.Configuration);
builder.Services.AddPipeline(builder.Configuration);
builder.Services.AddSingleton(Sweeping.From(builder.Configuration));
builder.Services.AddSingleton<EncryptedInfer>();
builder.Services.AddSingleton<Readiness>();
builder.Services.AddHostedService<StoragePreparation>();
builder.Services.AddHostedService<ModelUpkeep>();
await builder.Build().RunAsync();
return 0;
