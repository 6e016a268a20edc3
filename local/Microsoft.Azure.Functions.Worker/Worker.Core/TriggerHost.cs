using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class TriggerHost : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
