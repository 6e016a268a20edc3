using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Tests.Datasets.Formats;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Datasets.Report;

public sealed class ReportPageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Render_HostileNames_AreEscapedAndNothingIsFetched()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "description: <script>alert(1)</script>\nlicence: \"\\\"><img src=x>\"\nreject_threshold: 0.2");
        var rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i * 7 % 31},{(i % 2 == 0 ? "<b>cat</b>" : "dog & co")}\n"));
        (await rig.IngestAsync("t.csv", "id,<i>a</i>,label\n" + rows + "1,2,dog & co,3\n")).Error.ShouldBeNull();

        var page = ReportPage.Render((await rig.OpenAsync()).Report);
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("<i>a</i>");
        page.ShouldNotContain("<b>cat</b>");
        page.ShouldContain("dog &amp; co");
        page.ShouldContain("the row has too many fields");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        page.ShouldContain("<svg class=\"hist\"");
    }

    [Fact]
    public async Task Render_Digits_ShowsEveryClass()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("images", Builders.Idx(8, [500, 28, 28], Digits.Pixels));
        await rig.PutAsync("labels", Builders.Idx(8, [500], Digits.Labels));
        await rig.IngestAsync();
        var page = ReportPage.Render((await rig.OpenAsync()).Report);
        for (var digit = 0; digit < 10; digit++) page.ShouldContain($"<td class=\"name\">{digit}</td>");
    }
}
