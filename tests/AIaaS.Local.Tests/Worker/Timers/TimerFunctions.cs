using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Local.Tests.Worker.Timers;

internal sealed class TimerFunctions(TimerRuns runs)
{
    [Function("EveryHour")]
    public Task EveryHour([TimerTrigger("%schedule%")] TimerInfo timer, CancellationToken cancellationToken) => runs.RunAsync(timer, cancellationToken);
}

internal sealed class StartupTimerFunctions(TimerRuns runs)
{
    [Function("AtStart")]
    public Task AtStart([TimerTrigger("0 0 * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) => runs.RunAsync(timer, cancellationToken);
}

internal sealed record TimerRun(TimerInfo Timer, DateTimeOffset Time);

internal sealed class TimerRuns(TimeProvider time)
{
    public ConcurrentQueue<TimerRun> Begun { get; } = new();

    public Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

    public async Task RunAsync(TimerInfo timer, CancellationToken cancellationToken)
    {
        Begun.Enqueue(new TimerRun(timer, time.GetUtcNow()));
        await Work(cancellationToken);
    }
}
