using AIaaS.Testing;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Local.Tests.Worker.Timers;

public sealed class TimerTriggerTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 30, 0, TimeSpan.Zero);

    private readonly AzuriteFixture _azurite;
    private readonly string _name = $"timers-{Guid.NewGuid():N}"[..31];
    private readonly AwaitedTime _time = new(Start);
    private readonly TimerRuns _runs;

    public TimerTriggerTests(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _runs = new TimerRuns(_time);
    }

    [Fact]
    public async Task TimerTrigger_TimePasses_RunsOncePerOccurrence()
    {
        await using var host = await StartAsync(typeof(TimerFunctions));
        await TimePassesAsync(until: 3);
        _runs.Begun.Select(run => run.Time.Hour).ShouldBe([1, 2, 3]);
        _runs.Begun.ShouldAllBe(run => !run.Timer.IsPastDue);
        _runs.Begun.Last().Timer.ScheduleStatus!.Last.Hour.ShouldBe(2);
    }

    [Fact]
    public async Task TimerTrigger_RunMissedWhileStopped_IsPastDueOnceAtTheNextStart()
    {
        await using (await StartAsync(typeof(TimerFunctions))) _time.Advance(TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromHours(5));
        await using (await StartAsync(typeof(TimerFunctions)))
        {
            await Eventually.HoldsAsync(() => _runs.Begun.Count == 1, "the missed run is made up for");
            _runs.Begun.Single().Timer.IsPastDue.ShouldBeTrue();
            await RecordedAsync(Start.AddMinutes(1).AddHours(5));
        }
        await using (await StartAsync(typeof(TimerFunctions))) await TimePassesAsync(until: 2);
        _runs.Begun.Last().Timer.IsPastDue.ShouldBeFalse();
    }

    [Fact]
    public async Task TimerTrigger_RunOnStartup_RunsAtEachStart()
    {
        await using (await StartAsync(typeof(StartupTimerFunctions))) await Eventually.HoldsAsync(() => _runs.Begun.Count == 1, "it runs at the first start");
        await using (await StartAsync(typeof(StartupTimerFunctions))) await Eventually.HoldsAsync(() => _runs.Begun.Count == 2, "it runs at the second start");
    }

    [Fact]
    public async Task TimerTrigger_TwoHosts_OneRunPerOccurrence()
    {
        await using var first = await StartAsync(typeof(TimerFunctions));
        await using var second = await StartAsync(typeof(TimerFunctions));
        await TimePassesAsync(until: 3, hosts: 2);
        await first.StopAsync();
        await second.StopAsync();
        _runs.Begun.Select(run => run.Time.Hour).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task TimerTrigger_FunctionFails_IsRunAgainOnlyWhenDue()
    {
        _runs.Work = _ => throw new InvalidOperationException("bad day");
        await using var host = await StartAsync(typeof(TimerFunctions));
        await TimePassesAsync(until: 2);
        _runs.Begun.Select(run => run.Time.Hour).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task TimerTrigger_CancelledByTheDrain_IsPastDueAtTheNextStart()
    {
        _runs.Work = token => Task.Delay(Timeout.Infinite, token);
        await using (var host = await StartAsync(typeof(TimerFunctions)))
        {
            await TimePassesAsync(until: 1);
            var stopping = host.StopAsync();
            await Eventually.HoldsAsync(
                () =>
                {
                    _time.Advance(TimeSpan.FromSeconds(31));
                    return stopping.IsCompleted;
                },
                "the drain is over");
            await stopping;
        }
        _runs.Work = _ => Task.CompletedTask;
        await using var second = await StartAsync(typeof(TimerFunctions));
        await Eventually.HoldsAsync(() => _runs.Begun.Count == 2, "the run that did not end is made up for");
        _runs.Begun.Last().Timer.IsPastDue.ShouldBeTrue();
    }

    /// <summary>Minute by minute up to the given number of runs; a minute passes only while every host waits for time to pass.</summary>
    private async Task TimePassesAsync(int until, int hosts = 1)
    {
        while (_runs.Begun.Count < until)
        {
            await Eventually.HoldsAsync(() => _runs.Begun.Count >= until || _time.Waiting == hosts, "the hosts wait for their time");
            if (_runs.Begun.Count < until) _time.Advance(TimeSpan.FromMinutes(1));
        }
        _runs.Begun.Count.ShouldBe(until);
    }

    /// <summary>Returns once the status in storage tells of a run that began at <paramref name="time"/>.</summary>
    private Task RecordedAsync(DateTimeOffset time)
    {
        var status = new BlobContainerClient(_azurite.ConnectionString, "azure-webjobs-hosts").GetBlobClient($"timers/{_name}/EveryHour/status");
        return Eventually.HoldsAsync(
            async () => (await status.DownloadContentAsync()).Value.Content.ToString().Contains($"\"Last\":\"{time:yyyy-MM-ddTHH:mm:ss}Z\"", StringComparison.Ordinal),
            $"a run at {time:O} is recorded");
    }

    private Task<RunningHost> StartAsync(Type functions)
    {
        var plan = HostPlan.WithStorage(_azurite, _name, functions);
        return RunningHost.StartAsync(plan with
        {
            Settings = [.. plan.Settings, "schedule=0 0 * * * *"],
            Configure = builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(_time);
                builder.Services.AddSingleton(_runs);
            },
        });
    }
}
