using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Local;

namespace AIaaS.Cli.Tests.Local;

public sealed class FunctionAppTests
{
    [Fact]
    public async Task StartAsync_PortOfAnotherServiceThatIsReady_FailsWithTheEndOfItsOwnProcess()
    {
        using var folder = new TemporaryFolder();
        using var log = new LogFile(folder.Path, "functions", console: null);
        await File.WriteAllTextAsync(folder.At("host.json"), """{"functionKeys":[{"name":"default","value":"ours"}]}""", TestContext.Current.CancellationToken);
        await using var another = new CannedService(request => request == "GET /health/ready" ? (200, "ready") : (401, ""));

        var failure = await Should.ThrowAsync<CliException>(
            FunctionApp.StartAsync(folder.At("none.dll"), new Uri(another.Url), folder.Path, [], log, TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("ended with exit code");
    }
}
