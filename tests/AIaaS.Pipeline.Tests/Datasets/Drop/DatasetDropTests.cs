using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Datasets.Drop;

public sealed class DatasetDropTests(AzuriteFixture azurite)
{
    private static MemoryStream Body(int bytes) => new(Encoding.UTF8.GetBytes(new string('x', bytes)));

    [Fact]
    public async Task Put_File_StreamsItAndAnnouncesTheDataset()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.Drop.PutAsync(rig.Name, "a.csv", Body(9 << 20), null, CancellationToken.None);
        record.Status.ShouldBe(DatasetStatus.Ingesting);
        (await rig.Blob("a.csv").GetPropertiesAsync()).Value.ContentLength.ShouldBe(9 << 20);
        (await rig.Store.GetAsync(rig.Name, CancellationToken.None)).ShouldBe(record);
    }

    [Theory]
    [InlineData(2000, null, "PayloadTooLarge")]
    [InlineData(10, 2000L, "PayloadTooLarge")]
    [InlineData(10, 20L, "InvalidRequest")]
    [InlineData(30, 20L, "InvalidRequest")]
    public async Task Put_WrongLength_LeavesNothingBehind(int bytes, long? declared, string code)
    {
        await using var rig = await DatasetRig.StartAsync(azurite, new DatasetLimits { MaxFileBytes = 1000 });
        var problem = await Should.ThrowAsync<PipelineException>(() => rig.Drop.PutAsync(rig.Name, "a.csv", Body(bytes), declared, CancellationToken.None));
        problem.Code.Code.ShouldBe(code);
        (await rig.DroppedAsync()).ShouldBeEmpty();
        (await Should.ThrowAsync<PipelineException>(() => rig.Store.GetAsync(rig.Name, CancellationToken.None))).Code.ShouldBe(ProblemCodes.DatasetNotFound);
    }

    [Theory]
    [InlineData("../a.csv")]
    [InlineData("")]
    [InlineData("a/b.csv")]
    [InlineData(".hidden")]
    [InlineData("a\n")]
    public async Task Put_NameThatIsNone_IsRefused(string file)
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        (await Should.ThrowAsync<PipelineException>(() => rig.Drop.PutAsync(rig.Name, file, Body(1), 1, CancellationToken.None))).Code.ShouldBe(ProblemCodes.InvalidName);
    }

    [Fact]
    public async Task Delete_Dataset_LeavesNeitherDropNorVaultNorRecord()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.IngestAsync("a.csv", "a,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n")));
        await rig.PutAsync("b.csv", "a\n");
        await rig.Store.DeleteAsync(rig.Name, CancellationToken.None);

        (await rig.DroppedAsync()).ShouldBeEmpty();
        (await rig.VaultAsync()).ShouldBeEmpty();
        (await Should.ThrowAsync<PipelineException>(() => rig.OpenAsync())).Code.ShouldBe(ProblemCodes.DatasetNotFound);
        (await Should.ThrowAsync<PipelineException>(() => rig.Store.DeleteAsync(rig.Name, CancellationToken.None))).Code.ShouldBe(ProblemCodes.DatasetNotFound);
    }
}
