namespace AIaaS.EndToEnd.MainJob;

public sealed class DemoTests
{
    /// <summary>The main job on real data: drop, ingest, train, publish, predict, ciphertext.</summary>
    [Fact]
    public async Task Demo_RealDigits_LearnsThemAndLeavesOnlyCiphertext()
    {
        var folder = Directory.CreateTempSubdirectory("aiaas-e2e-demo-");
        var left = Directory.GetDirectories(Path.GetTempPath(), "aiaas-demo-*");

        var report = (await CommandLineTool.RunAsync(folder.FullName, "demo", "--json")).Json();
        folder.Delete(recursive: true);

        report.GetProperty("accuracy").GetDouble().ShouldBeGreaterThanOrEqualTo(0.94);
        report.GetProperty("predicted").GetInt32().ShouldBe(1000);
        report.GetProperty("modelVersion").GetInt32().ShouldBe(1);
        report.GetProperty("plaintextRowsSearched").GetInt32().ShouldBeGreaterThan(300);
        report.GetProperty("plaintextRowsFound").GetInt32().ShouldBe(0);
        report.GetProperty("ciphertextEntropy").GetDouble().ShouldBeGreaterThan(7.99);
        Directory.GetDirectories(Path.GetTempPath(), "aiaas-demo-*").Except(left).ShouldBeEmpty("The demo removes its folder.");
    }
}
