using System.Security.Cryptography;
using AIaaS.Pipeline.Keys;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Keys;

public sealed class ContentKeyRingTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Get_ByManyAtOnce_AsksTheVaultOnce()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Model("ring-many");
        (await host.Get<ContentKeyRing>().GetOrCreateAsync(scope, None)).Dispose();

        await using var other = await PipelineHost.StartAsync(azurite, host);
        using var calls = new VaultCallCounter(other);
        var keys = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => other.Get<ContentKeyRing>().GetAsync(scope, None)));
        calls["unwrap"].ShouldBe(1);
        keys.Select(key => key.KeyId).Distinct().Count().ShouldBe(1);
        foreach (var key in keys) key.Dispose();
    }

    [Fact]
    public async Task Get_AfterSixtySeconds_AsksTheVaultAgain()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Model("ring-lifetime");
        (await host.Get<ContentKeyRing>().GetOrCreateAsync(scope, None)).Dispose();
        using var calls = new VaultCallCounter(host);
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        (await host.Get<ContentKeyRing>().GetAsync(scope, None)).Dispose();
        calls["unwrap"].ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await host.Get<ContentKeyRing>().GetAsync(scope, None)).Dispose();
        calls["unwrap"].ShouldBe(1);
    }

    [Fact]
    public async Task Get_GivenUpByItsCaller_StillServesTheOthers()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Model("ring-cancel");
        (await host.Get<ContentKeyRing>().GetOrCreateAsync(scope, None)).Dispose();
        host.Get<ContentKeyRing>().Forget(scope);
        using var gone = new CancellationTokenSource();
        var first = host.Get<ContentKeyRing>().GetAsync(scope, gone.Token);
        var second = host.Get<ContentKeyRing>().GetAsync(scope, None);
        await gone.CancelAsync();
        try
        {
            (await first).Dispose(); // it may have been quicker
        }
        catch (OperationCanceledException)
        {
            // Expected.
        }
        (await second).Dispose();
    }

    [Fact]
    public void BorrowedKey_OutlivesTheCachedOne_AndIsItselfZeroed()
    {
        using var cached = new CachedContentKey("id", "v", RandomNumberGenerator.GetBytes(32), TimeSpan.FromMinutes(1), TimeProvider.System);
        var borrowed = cached.TryCopy().ShouldNotBeNull();
        var wrapped = borrowed.WrapKey(ContentKey.WrapAlgorithm, new byte[40], None);
        cached.Dispose();
        cached.TryCopy().ShouldBeNull();
        borrowed.UnwrapKey(ContentKey.WrapAlgorithm, wrapped, None).ShouldBe(new byte[40]);
        borrowed.Dispose();
        Should.Throw<CryptographicException>(() => borrowed.UnwrapKey(ContentKey.WrapAlgorithm, wrapped, None));
    }
}
