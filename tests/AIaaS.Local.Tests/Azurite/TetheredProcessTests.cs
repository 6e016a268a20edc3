namespace AIaaS.Local.Tests.Azurite;

public sealed class TetheredProcessTests
{
    [Fact]
    public async Task Start_ChildEnds_GivesItsOutputAndExitCode()
    {
        await using var child = TetheredProcess.Start("sh", ["-c", "echo \"$GREETING\"; exit 7"], new Dictionary<string, string?> { ["GREETING"] = "hello there" });

        (await child.StandardOutput.ReadToEndAsync()).ShouldBe("hello there\n");
        (await child.WaitForExitAsync(CancellationToken.None)).ShouldBe(7);
    }

    [Fact]
    public async Task Start_NoSuchProgram_ExitsWith127()
    {
        await using var child = TetheredProcess.Start("no-such-program-here", []);

        (await child.WaitForExitAsync(CancellationToken.None)).ShouldBe(127);
    }

    [Fact]
    public async Task RequestStop_ChildHandlesTerm_FinishesItsWork()
    {
        await using var child = TetheredProcess.Start("sh", ["-c", "trap 'echo drained; exit 0' TERM; echo ready; while :; do sleep 0.05; done"]);
        (await child.StandardOutput.ReadLineAsync()).ShouldBe("ready");

        child.RequestStop();

        (await child.StandardOutput.ReadLineAsync()).ShouldBe("drained");
        (await child.WaitForExitAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task DisposeAsync_ChildIgnoresTerm_KillsItAfterTheGrace()
    {
        var child = TetheredProcess.Start("sh", ["-c", "trap '' TERM; echo $$; while :; do sleep 0.05; done"], grace: TimeSpan.FromSeconds(1));
        var id = int.Parse((await child.StandardOutput.ReadLineAsync())!);

        await child.DisposeAsync();

        Directory.Exists($"/proc/{id}").ShouldBeFalse();
    }
}
