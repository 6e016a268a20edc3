using System.Runtime.InteropServices;
using AIaaS.Pipeline;
using AIaaS.Training.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// One execution, one message: KEDA (in Azure) or the command line's job loop starts one process for each.
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders().AddJsonConsole(options => options.IncludeScopes = true);
builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
builder.Services.AddPipeline(builder.Configuration);
builder.Services.AddSingleton<JobRunner>();
builder.Services.AddSingleton<JobWorker>();
using var host = builder.Build();

// The platform sends SIGTERM before it takes a container away; the job then goes on in another one.
using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

try
{
    await host.Services.GetRequiredService<JobWorker>().RunOnceAsync(stopping.Token);
    return 0;
}
catch (Exception exception)
{
    // The message was given back, or none was received: a setting is wrong, or storage or the queue cannot be reached.
    var log = host.Services.GetRequiredService<ILogger<JobWorker>>();
    WorkerLog.Stopped(log, exception.Message, exception);
    return 1;
}
