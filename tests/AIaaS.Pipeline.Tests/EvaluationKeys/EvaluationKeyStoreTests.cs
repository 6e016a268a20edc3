using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.EvaluationKeys;

public sealed class EvaluationKeyStoreTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Quota_OfBytesAndOfSets_IsPerCallerAndFreedByDeletion()
    {
        var file = EvaluationKeyFile.Make(KeyHost.Small, [1]);
        var limits = EvaluationKeyLimits.Default with { QuotaBytes = (2 * file.Bytes.Length) + 1000, Sets = 2 };
        await using var keys = await KeyHost.StartAsync(azurite, limits);
        await using var neighbour = new KeyHost(await PipelineHost.StartAsync(azurite), limits);
        var others = Enumerable.Range(0, 2).Select(_ => EvaluationKeyFile.Make(KeyHost.Small, [1])).ToList();
        await keys.PutAsync(file);
        await keys.PutAsync(others[0]);

        var refused = await Problem.OfAsync(() => keys.PutAsync(others[1]));
        refused.ShouldNotBeNull().Code.ShouldBe(ProblemCodes.EvaluationKeysQuotaExceeded);
        (await neighbour.PutAsync(others[1])).Status.ShouldBe(EvaluationKeyStatus.Ready);

        await keys.Store.DeleteAsync(keys.Caller, file.Id, CancellationToken.None);
        (await keys.PutAsync(others[1])).Status.ShouldBe(EvaluationKeyStatus.Ready);
    }

    [Fact]
    public async Task Quota_SixteenAtOnce_IsNeverExceeded()
    {
        await using var keys = await KeyHost.StartAsync(azurite, EvaluationKeyLimits.Default with { Sets = 3 });

        var codes = await Task.WhenAll(Enumerable.Range(0, 16).Select(index =>
            Problem.CodeOfAsync(() => keys.PutAsync(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)index])), new byte[4 << 20], "bytes 0-4194303/8388608"))));

        codes.Count(code => code is null).ShouldBe(3);
        codes.Where(code => code is not null).ShouldAllBe(code => code == ProblemCodes.EvaluationKeysQuotaExceeded);
    }

    [Fact]
    public async Task Sets_OfAnotherCaller_DoNotExist()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        await using var stranger = new KeyHost(await PipelineHost.StartAsync(azurite));
        var file = EvaluationKeyFile.Make(KeyHost.Small, [1]);
        await keys.PutAsync(file);

        foreach (var call in (Func<Task>[])
        [
            () => stranger.Store.GetAsync(stranger.Caller, file.Id, CancellationToken.None),
            () => stranger.Store.UseAsync(stranger.Caller, file.Id, CancellationToken.None),
            () => stranger.Store.DeleteAsync(stranger.Caller, file.Id, CancellationToken.None),
        ])
            (await Problem.CodeOfAsync(call)).ShouldBe(ProblemCodes.EvaluationKeysNotFound);
        (await stranger.Store.ListAsync(stranger.Caller, CancellationToken.None)).ShouldBeEmpty();
        (await keys.Store.UseAsync(keys.Caller, file.Id, CancellationToken.None)).Status.ShouldBe(EvaluationKeyStatus.Ready);
    }

    [Fact]
    public async Task Sweep_UnusedForALifetime_DeletesRowAndBlob()
    {
        await using var keys = await KeyHost.StartAsync(azurite, at: DateTimeOffset.UnixEpoch.AddYears(20));
        var (used, unused) = (EvaluationKeyFile.Make(KeyHost.Small, [1]), EvaluationKeyFile.Make(KeyHost.Small, [1]));
        await keys.PutAsync(used);
        await keys.PutAsync(unused);

        keys.Host.Clock.Advance(TimeSpan.FromDays(29));
        await keys.Store.UseAsync(keys.Caller, used.Id, CancellationToken.None);
        keys.Host.Clock.Advance(TimeSpan.FromDays(2));
        await keys.Store.SweepAsync(CancellationToken.None);

        (await keys.Store.ListAsync(keys.Caller, CancellationToken.None)).ShouldHaveSingleItem().Id.ShouldBe(used.Id);
        (await ExistsAsync(keys, unused)).ShouldBeFalse();
        (await ExistsAsync(keys, used)).ShouldBeTrue();
        (await keys.PutAsync(unused)).Status.ShouldBe(EvaluationKeyStatus.Ready);
    }

    [Fact]
    public async Task Sweep_UploadThatNothingArrivesFor_IsGivenUpAfterADay()
    {
        await using var keys = await KeyHost.StartAsync(azurite, at: DateTimeOffset.UnixEpoch.AddYears(10));
        var id = new string('a', EvaluationKeyId.Length);
        await keys.PutAsync(id, new byte[4 << 20], "bytes 0-4194303/12582912");
        keys.Host.Clock.Advance(TimeSpan.FromHours(20));
        await keys.PutAsync(id, new byte[4 << 20], "bytes 4194304-8388607/12582912");
        keys.Host.Clock.Advance(TimeSpan.FromHours(20));
        await keys.Store.SweepAsync(CancellationToken.None);
        (await keys.Store.GetAsync(keys.Caller, id, CancellationToken.None)).Received.ShouldBe(["0-8388607"]);

        keys.Host.Clock.Advance(TimeSpan.FromHours(5));
        await keys.Store.SweepAsync(CancellationToken.None);

        (await Problem.CodeOfAsync(() => keys.Store.GetAsync(keys.Caller, id, CancellationToken.None))).ShouldBe(ProblemCodes.EvaluationKeysNotFound);
        (await keys.Store.Blob(keys.Caller, id, 12582912).ReceivedAsync(CancellationToken.None)).ShouldAllBe(part => !part);
    }

    private static async Task<bool> ExistsAsync(KeyHost keys, EvaluationKeyFile file) =>
        await keys.Host.Storage.Container(StorageLayout.EvaluationKeysContainer).GetBlobClient($"{keys.Caller}/{file.Id}").ExistsAsync();
}
