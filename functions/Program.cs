using AIaaS.Functions.Hosting;
using AIaaS.Functions.Http;
using AIaaS.Functions.Operations;
using AIaaS.Functions.Problems;
using AIaaS.Pipeline;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<ApiVersion>();
Sweeping.AddDefaults(builder.Configuration);
builder.Services.AddPipeline(builder.Configuration);
builder.Services.AddSingleton(Sweeping.From(builder.Configuration));
builder.Services.AddSingleton<Readiness>();
builder.Services.AddHostedService<StoragePreparation>();
await builder.Build().RunAsync();
