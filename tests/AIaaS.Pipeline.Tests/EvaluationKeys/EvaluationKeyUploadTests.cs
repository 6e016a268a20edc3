using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.EvaluationKeys;

public sealed class EvaluationKeyUploadTests(AzuriteFixture azurite)
{
    private const int Part = EvaluationKeyLimits.PartBytes;

    /// <summary>Four parts, the last a short one.</summary>
    private static readonly Lazy<EvaluationKeyFile> Large = new(() => EvaluationKeyFile.Make(CkksParameters.Create(8192, [50, 40, 40, 50]), [1, 2, 4, 8, 16, 32, 64], expandSeeds: true));

    [Theory]
    [InlineData(SealCompression.None, false)]
    [InlineData(SealCompression.Zlib, false)]
    [InlineData(SealCompression.Zstd, true)]
    public async Task Put_Whole_IsReadyAndSaysWhatItHolds(SealCompression compression, bool expandSeeds)
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = EvaluationKeyFile.Make(KeyHost.Small, [1, -1, 5], compression, expandSeeds);

        var set = await keys.PutAsync(file);

        set.Status.ShouldBe(EvaluationKeyStatus.Ready);
        set.Bytes.ShouldBe(file.Bytes.Length);
        var content = set.Keys.ShouldNotBeNull();
        content.RotationSteps.ShouldBe([1, 5, 2047]);
        content.PrimeBits.ShouldBe([36, 34, 36]);
        content.ParametersId.ShouldBe(ParametersId.OfKeys(KeyHost.Small).ToString());
        content.MemoryBytes.ShouldBe(4L * 2 * 2 * 3 * (4096 + 8) * 8);
        (await keys.Store.ListAsync(keys.Caller, CancellationToken.None)).ShouldHaveSingleItem().Id.ShouldBe(file.Id);
    }

    [Fact]
    public async Task Put_PartsInAnyOrderSomeTwice_AreToldAndCompleteTheSet()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = Large.Value;
        var last = (file.Bytes.Length - 1) / Part;

        (await PutPartAsync(keys, file, last)).Received.ShouldBe([$"{last * Part}-{file.Bytes.Length - 1}"]);
        await PutPartAsync(keys, file, 0);
        (await PutPartAsync(keys, file, 0)).Received.ShouldBe([$"0-{Part - 1}", $"{last * Part}-{file.Bytes.Length - 1}"]);
        (await keys.Store.GetAsync(keys.Caller, file.Id, CancellationToken.None)).Received!.Count.ShouldBe(2);
        (await Problem.CodeOfAsync(() => keys.Store.UseAsync(keys.Caller, file.Id, CancellationToken.None))).ShouldBe(ProblemCodes.EvaluationKeysIncomplete);
        for (var index = 1; index < last - 1; index++) (await PutPartAsync(keys, file, index)).Status.ShouldBe(EvaluationKeyStatus.Receiving);

        (await PutPartAsync(keys, file, last - 1)).Status.ShouldBe(EvaluationKeyStatus.Ready);
    }

    [Fact]
    public async Task Put_BodyBreaksOff_WholeStepsAreKept()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = Large.Value;

        (await Problem.CodeOfAsync(() => keys.PutAsync(file.Id, file.Bytes.AsMemory(0, (2 * Part) + 100), null, file.Bytes.Length))).ShouldBe(ProblemCodes.InvalidRequest);

        (await keys.Store.GetAsync(keys.Caller, file.Id, CancellationToken.None)).Received.ShouldBe([$"0-{(2 * Part) - 1}"]);
        var rest = await keys.PutAsync(file.Id, file.Bytes.AsMemory(2 * Part), $"bytes {2 * Part}-{file.Bytes.Length - 1}/{file.Bytes.Length}");
        rest.Status.ShouldBe(EvaluationKeyStatus.Ready);
    }

    [Fact]
    public async Task Put_ServiceLostBeforeTheCheck_AnEmptyPartHasItDone()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = EvaluationKeyFile.Make(KeyHost.Small, [1]);
        var other = file.Bytes.ToArray();
        (await Problem.CodeOfAsync(() => keys.PutAsync(file.Id, other.AsMemory(..^1), null, other.Length))).ShouldBe(ProblemCodes.InvalidRequest);
        var blob = keys.Store.Blob(keys.Caller, file.Id, file.Bytes.Length);
        await blob.StageAsync(0, file.Bytes, CancellationToken.None);
        await blob.CommitAsync(CancellationToken.None);

        var set = await keys.PutAsync(file.Id, ReadOnlyMemory<byte>.Empty, $"bytes */{file.Bytes.Length}");

        set.Status.ShouldBe(EvaluationKeyStatus.Ready);
    }

    [Fact]
    public async Task Put_LastPartsAtOnce_AllAnswerReady()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = EvaluationKeyFile.Make(KeyHost.Small, [1, 3]);

        var sets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => keys.PutAsync(file)));

        sets.ShouldAllBe(set => set.Status == EvaluationKeyStatus.Ready);
        (await keys.Store.ListAsync(keys.Caller, CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Put_Again_IsTheSameSet()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = EvaluationKeyFile.Make(KeyHost.Small, [1]);
        var first = await keys.PutAsync(file);

        keys.Host.Clock.Advance(TimeSpan.FromHours(1));
        (await keys.PutAsync(file)).CreatedOn.ShouldBe(first.CreatedOn);
    }

    [Fact]
    public async Task Put_AnotherTotalForTheSameDigest_IsAConflict()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = Large.Value;
        await PutPartAsync(keys, file, 0);

        var problem = await Problem.OfAsync(() => keys.PutAsync(file.Id, new byte[Part], $"bytes 0-{Part - 1}/{Part}"));

        problem.ShouldNotBeNull().Code.ShouldBe(ProblemCodes.Conflict);
    }

    private static Task<EvaluationKeySet> PutPartAsync(KeyHost keys, EvaluationKeyFile file, int index)
    {
        var first = index * Part;
        var end = Math.Min(first + Part, file.Bytes.Length);
        return keys.PutAsync(file.Id, file.Bytes.AsMemory(first..end), $"bytes {first}-{end - 1}/{file.Bytes.Length}");
    }
}
