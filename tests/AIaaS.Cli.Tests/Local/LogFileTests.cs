using AIaaS.Cli.Local;
using AIaaS.Local;

namespace AIaaS.Cli.Tests.Local;

public sealed class LogFileTests
{
    [Fact]
    public async Task PumpAsync_BothStreams_GoToTheFileAndTheConsole()
    {
        using var folder = new TemporaryFolder();
        using var console = new StringWriter();
        using (var log = new LogFile(folder.Path, "functions", console))
        {
            await using var child = TetheredProcess.Start("sh", ["-c", "echo out; echo err >&2"]);
            await log.PumpAsync(child);
            log.Tail(1).ShouldBeOneOf("out", "err");
        }

        (await File.ReadAllLinesAsync(folder.At("functions.log"))).Order().ShouldBe(["err", "out"]);
        console.ToString().ShouldContain("functions: err");
    }

    [Fact]
    public void Write_MoreThanTheLimit_KeepsOneOlderFile()
    {
        using var folder = new TemporaryFolder();
        using var log = new LogFile(folder.Path, "training", console: null);
        var line = new string('x', 1 << 20);
        for (var i = 0; i < 45; i++) log.Write(line);

        new DirectoryInfo(folder.Path).GetFiles().Select(file => file.Name).Order().ShouldBe(["training.log", "training.log.1"]);
        new DirectoryInfo(folder.Path).GetFiles().Sum(file => file.Length).ShouldBeLessThan(44L << 20);
    }
}
