using System.Collections.Concurrent;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;
using AIaaS.Testing;
using Microsoft.Extensions.Logging;

namespace AIaaS.Pipeline.Tests.Inference.Serving;

public sealed class VersionResolverTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Resolve_NewVersionCannotBeLoaded_SaysSoOnceAndOnceWhenItCanAgain()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var log = new Lines();
        var resolver = new VersionResolver(host.Get<ModelRegistry>(), host.Get<ModelCache>(), host.Clock, log);
        var name = PublishedModels.Name("quiet");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        (await resolver.ResolveAsync(name, null, CancellationToken.None)).Version.ShouldBe(1);
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(2));
        await host.Get<VaultKeys>().DisableAsync(VaultScope.Model(name), CancellationToken.None);

        for (var request = 0; request < 10; request++)
        {
            host.Clock.Advance(VersionResolver.Stale);
            (await resolver.ResolveAsync(name, null, CancellationToken.None)).Version.ShouldBe(1);
        }
        log.ShouldBe([LogLevel.Warning]);

        await host.Get<VaultKeys>().EnableAsync(VaultScope.Model(name), CancellationToken.None);
        host.Clock.Advance(VersionResolver.Stale);
        (await resolver.ResolveAsync(name, null, CancellationToken.None)).Version.ShouldBe(2);
        log.ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    private sealed class Lines : ConcurrentQueue<LogLevel>, ILogger<VersionResolver>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Enqueue(logLevel);
    }
}
