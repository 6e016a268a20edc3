using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Keys;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Datasets.Ingestion;

/// <summary>A drop whose key refuses: the row says so, the files stay, and nothing but the key is needed to go on.</summary>
public sealed class KeyRefusedTests(AzuriteFixture azurite)
{
    private const string Csv = "x,label\n1,a\n2,b\n3,a\n4,b\n";
    private const string Other = "x,label\n1,a\n2,b\n3,a\n4,b\n5,a\n";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Ingest_KeyDisabled_RowIsFailedWithWhatToDo()
    {
        await using var rig = await RefusedAsync();

        var row = await rig.Store.GetAsync(rig.Name, None);

        row.Status.ShouldBe(DatasetStatus.Failed);
        row.Error!.Code.ShouldBe("KeyDisabled");
        row.Error.Message.ShouldContain("Enable the key");
        (await rig.DroppedAsync()).ShouldBe([$"{rig.Name}/data.csv"]);
        var refused = await rig.IngestAsync();
        (refused.Status, refused.UpdatedOn).ShouldBe((DatasetStatus.Failed, row.UpdatedOn));
    }

    [Fact]
    public async Task Ingest_DroppedAgainAfterEnabling_IsReady()
    {
        await using var rig = await RefusedAsync();
        await rig.Get<VaultKeys>().EnableAsync(VaultScope.Dataset(rig.Name), None);

        var ready = await rig.IngestAsync("data.csv", Other);

        (ready.Status, ready.Rows, ready.Error).ShouldBe((DatasetStatus.Ready, 5, null));
        (await rig.DroppedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_AfterEnabling_FindsTheDropAndItIsReady()
    {
        await using var rig = await RefusedAsync();
        await rig.Get<VaultKeys>().EnableAsync(VaultScope.Dataset(rig.Name), None);

        (await rig.Sweep.FindAsync(TimeSpan.Zero, None).ToListAsync()).ShouldContain(rig.Name);
        (await rig.IngestAsync()).Status.ShouldBe(DatasetStatus.Ready);
    }

    private async Task<DatasetRig> RefusedAsync()
    {
        var rig = await DatasetRig.StartAsync(azurite);
        await rig.Get<VaultKeys>().EnsureAsync(VaultScope.Dataset(rig.Name), None);
        await rig.Get<VaultKeys>().DisableAsync(VaultScope.Dataset(rig.Name), None);
        (await rig.IngestAsync("data.csv", Csv)).Status.ShouldBe(DatasetStatus.Failed);
        return rig;
    }
}
