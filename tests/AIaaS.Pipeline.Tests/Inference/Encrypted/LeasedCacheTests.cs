using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Problems;
using Microsoft.Extensions.Time.Testing;

namespace AIaaS.Pipeline.Tests.Inference.Encrypted;

public sealed class LeasedCacheTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Acquire_FromSixteen_LoadsOnce()
    {
        using var cache = Cache(100);
        var loads = 0;

        var leases = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => cache.AcquireAsync("a", async (reserve, _) =>
        {
            Interlocked.Increment(ref loads);
            reserve(10);
            await Task.Yield();
            return new Thing();
        }, CancellationToken.None)));

        loads.ShouldBe(1);
        leases.Select(lease => lease.Value).Distinct().ShouldHaveSingleItem();
        cache.Bytes.ShouldBe(10);
    }

    [Fact]
    public async Task Acquire_NoRoom_TheLongestUnusedGoesAndWhatIsInUseStays()
    {
        using var cache = Cache(100);
        var used = await LoadAsync(cache, "used", 40);
        var old = await LoadAsync(cache, "old", 30);
        old.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await LoadAsync(cache, "young", 30)).Dispose();

        (await LoadAsync(cache, "new", 30)).Dispose();

        cache.Keys.ShouldBe(["used", "young", "new"], ignoreOrder: true);
        old.Value.IsDisposed.ShouldBeTrue();
        used.Value.IsDisposed.ShouldBeFalse();
        cache.Bytes.ShouldBe(100);
    }

    [Fact]
    public async Task Acquire_AllInUse_IsBusyAndKeepsNoReservation()
    {
        using var cache = Cache(100);
        using var used = await LoadAsync(cache, "used", 60);

        (await Problem.CodeOfAsync(() => LoadAsync(cache, "other", 50))).ShouldBe(ProblemCodes.Busy);
        (await Problem.CodeOfAsync(() => LoadAsync(cache, "larger than all", 101))).ShouldBe(ProblemCodes.Busy);

        cache.Bytes.ShouldBe(60);
        (await LoadAsync(cache, "fits", 40)).Dispose();
    }

    [Fact]
    public async Task Acquire_LoadFails_IsTriedAgainByTheNext()
    {
        using var cache = Cache(100);

        await Should.ThrowAsync<IOException>(() => cache.AcquireAsync("a", (reserve, _) =>
        {
            reserve(10);
            throw new IOException();
        }, CancellationToken.None));

        cache.Bytes.ShouldBe(0);
        (await LoadAsync(cache, "a", 10)).Dispose();
        cache.Bytes.ShouldBe(10);
    }

    [Fact]
    public async Task Evict_WhileInUse_FreesAfterTheLastLease()
    {
        using var cache = Cache(100);
        var lease = await LoadAsync(cache, "a", 10);

        cache.Evict(_ => true);

        cache.Bytes.ShouldBe(0);
        cache.TryAcquire("a", out _).ShouldBeFalse();
        lease.Value.IsDisposed.ShouldBeFalse();
        lease.Dispose();
        lease.Dispose();
        lease.Value.IsDisposed.ShouldBeTrue();
    }

    private LeasedCache<string, Thing> Cache(long limit) => new(limit, "TheSetting", _clock);

    private static Task<Lease<Thing>> LoadAsync(LeasedCache<string, Thing> cache, string key, long cost) => cache.AcquireAsync(key, (reserve, _) =>
    {
        reserve(cost);
        return Task.FromResult(new Thing());
    }, CancellationToken.None);

    private sealed class Thing : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
