using Microsoft.Extensions.Time.Testing;

namespace AIaaS.Local.Tests.Worker;

/// <summary>Time that tests move, and that knows how many wait for it: what a moved clock set off is over when all wait again.</summary>
internal class AwaitedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _waiting);
        return new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class CountedTimer(AwaitedTime time, ITimer timer) : ITimer
    {
        private int _gone;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            Leave();
        }

        public async ValueTask DisposeAsync()
        {
            await timer.DisposeAsync();
            Leave();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _gone, 1) == 0) Interlocked.Decrement(ref time._waiting);
        }
    }
}
