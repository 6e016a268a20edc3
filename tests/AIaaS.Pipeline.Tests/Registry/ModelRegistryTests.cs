using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Tests.Registry;

public sealed class ModelRegistryTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Dictionary<string, double> Metrics = new(StringComparer.Ordinal) { ["accuracy"] = 0.97 };

    [Fact]
    public async Task Publish_GivesNumbersInOrder_AndLatestFollows()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        var first = await PublishAsync(registry, "reg-order", "job-a");
        var second = await PublishAsync(registry, "reg-order", "job-b");
        (first.Version, second.Version).ShouldBe((1, 2));
        var record = (await registry.GetAsync("reg-order", None)).ShouldNotBeNull();
        record.Versions.Select(version => version.Origin).ShouldBe(["job-a", "job-b"]);
        record.Aliases["latest"].ShouldBe(2);
        second.Metrics["accuracy"].ShouldBe(0.97);
        (await registry.GetAsync("reg-none", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Publish_OfTheSameOriginTenTimesEightAtATime_IsOneVersion()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await using var other = await PipelineHost.StartAsync(azurite, host);
        var versions = new System.Collections.Concurrent.ConcurrentBag<int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 10), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            versions.Add((await PublishAsync((i % 2 == 0 ? host : other).Get<ModelRegistry>(), "reg-same", "job-a")).Version));
        versions.Distinct().ShouldBe([1]);
        (await host.Get<ModelRegistry>().GetAsync("reg-same", None))!.Versions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Publish_ByManyAtOnce_GivesEachItsOwnNumber()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var versions = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => PublishAsync(host.Get<ModelRegistry>(), "reg-many", $"job-{i}")));
        versions.Select(version => version.Version).Order().ShouldBe(Enumerable.Range(1, 16));
        var record = await host.Get<ModelRegistry>().GetAsync("reg-many", None);
        record!.Versions.Select(version => version.Version).ShouldBe(Enumerable.Range(1, 16));
        record.Aliases["latest"].ShouldBe(16);
    }

    [Fact]
    public async Task Publish_WithAMetricThatIsNoNumber_IsRefused()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        (await Problem.CodeOfAsync(() => host.Get<ModelRegistry>().PublishAsync(
            "reg-nan", "job", "m", "s", 1, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = double.NaN }, None))).ShouldBe(ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Resolve_ByNumberAliasAndDefault_FindsTheVersion()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        for (var i = 1; i <= 3; i++) await PublishAsync(registry, "reg-resolve", $"job-{i}");
        (await registry.ResolveAsync("reg-resolve", null, None)).Version.ShouldBe(3);
        (await registry.PromoteAsync("reg-resolve", "production", 2, None)).Aliases.ShouldBe(new Dictionary<string, int> { ["latest"] = 3, ["production"] = 2 }, ignoreOrder: true);
        (await registry.ResolveAsync("reg-resolve", null, None)).Version.ShouldBe(2);
        (await registry.ResolveAsync("reg-resolve", "latest", None)).Version.ShouldBe(3);
        (await registry.ResolveAsync("reg-resolve", "1", None)).Version.ShouldBe(1);
        foreach (var unknown in (string[])["4", "0", "-1", "staging", "99999999999999", ""])
            (await Problem.CodeOfAsync(() => registry.ResolveAsync("reg-resolve", unknown, None))).ShouldBe(ProblemCodes.ModelVersionNotFound, unknown);
        (await Problem.CodeOfAsync(() => registry.ResolveAsync("reg-unknown", null, None))).ShouldBe(ProblemCodes.ModelNotFound);
    }

    [Fact]
    public async Task Rollback_GoesBackToWhatWasBefore()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        for (var i = 1; i <= 2; i++) await PublishAsync(registry, "reg-rollback", $"job-{i}");
        (await Problem.CodeOfAsync(() => registry.RollbackAsync("reg-rollback", "production", None))).ShouldBe(ProblemCodes.Conflict);
        await registry.PromoteAsync("reg-rollback", "production", 1, None);
        await registry.PromoteAsync("reg-rollback", "production", 2, None);
        await registry.PromoteAsync("reg-rollback", "production", 2, None);
        (await registry.RollbackAsync("reg-rollback", "production", None)).Aliases["production"].ShouldBe(1);
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("7")]
    public async Task Promote_OfAReservedAlias_IsRefused(string alias)
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await PublishAsync(host.Get<ModelRegistry>(), "reg-reserved", "job");
        (await Problem.CodeOfAsync(() => host.Get<ModelRegistry>().PromoteAsync("reg-reserved", alias, 1, None))).ShouldBe(ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Promote_RacingDeletion_NeverLeavesAnAliasThatNamesNothing()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        for (var race = 0; race < 10; race++)
        {
            var model = $"reg-race-{race}";
            for (var i = 1; i <= 2; i++) await PublishAsync(registry, model, $"job-{i}");
            var promotion = Problem.CodeOfAsync(() => registry.PromoteAsync(model, "production", 1, None));
            var deletion = Problem.CodeOfAsync(() => registry.DeleteVersionAsync(model, 1, None));
            var outcome = (await promotion, await deletion);
            (outcome == (null, ProblemCodes.Conflict) || outcome == (ProblemCodes.ModelVersionNotFound, null)).ShouldBeTrue(outcome.ToString());
            (await registry.ResolveAsync(model, null, None)).Version.ShouldBe(outcome.Item1 is null ? 1 : 2);
        }
    }

    [Fact]
    public async Task DeleteVersion_NamedByAnAlias_SaysWhatToDo_AndLatestMovesBack()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        for (var i = 1; i <= 3; i++) await PublishAsync(registry, "reg-delete", $"job-{i}");
        await registry.PromoteAsync("reg-delete", "production", 1, None);
        var conflict = await Problem.OfAsync(() => registry.DeleteVersionAsync("reg-delete", 1, None));
        conflict!.Code.ShouldBe(ProblemCodes.Conflict);
        conflict.Message.ShouldContain("Promote another version");

        await registry.DeleteVersionAsync("reg-delete", 3, None);
        var record = await registry.GetAsync("reg-delete", None);
        record!.Versions.Select(version => version.Version).ShouldBe([1, 2]);
        record.Aliases["latest"].ShouldBe(2);
        (await Problem.CodeOfAsync(() => registry.ResolveAsync("reg-delete", "3", None))).ShouldBe(ProblemCodes.ModelVersionNotFound);

        // Its job's message comes again: it stays deleted, and its number is not used again.
        (await PublishAsync(registry, "reg-delete", "job-3")).Version.ShouldBe(3);
        (await registry.GetAsync("reg-delete", None))!.Versions.Count.ShouldBe(2);
        (await PublishAsync(registry, "reg-delete", "job-4")).Version.ShouldBe(4);
        await registry.RemoveAliasAsync("reg-delete", "production", None);
        await registry.DeleteVersionAsync("reg-delete", 1, None);
    }

    [Fact]
    public async Task DeleteVersion_OfAnImport_ThenAddedAgain_IsANewVersion()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        (await PublishAsync(registry, "reg-import", "import:abc")).Version.ShouldBe(1);
        await registry.DeleteVersionAsync("reg-import", 1, None);
        (await PublishAsync(registry, "reg-import", "import:abc")).Version.ShouldBe(2);
        (await PublishAsync(registry, "reg-import", "import:abc")).Version.ShouldBe(2);
    }

    [Fact]
    public async Task DeleteVersion_DeletesItsFilesAndNoOthers()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        var scope = VaultScope.Model("reg-files");
        var first = await PublishFilesAsync(host, scope, "job-1");
        var second = await PublishFilesAsync(host, scope, "job-2");
        await registry.DeleteVersionAsync(scope.Name, first.Version, None);
        (await host.Get<VaultStore>().ListManifestsAsync(scope, "", None)).ShouldBe([second.ManifestBlob]);
        var reader = await host.Get<VaultStore>().OpenReaderAsync(scope, second.ManifestBlob, None);
        (await reader.ReadAsync(reader.Find("model.onnx"), None)).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Delete_ShredsKeyAndFiles_AndNumbersGoOn()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var registry = host.Get<ModelRegistry>();
        var scope = VaultScope.Model("reg-shred");
        await PublishFilesAsync(host, scope, "job-1");
        await registry.DeleteAsync(scope.Name, None);

        (await registry.GetAsync(scope.Name, None)).ShouldBeNull();
        (await registry.ListAsync(None)).ShouldNotContain(model => model.Name == scope.Name);
        (await Problem.CodeOfAsync(() => registry.ResolveAsync(scope.Name, null, None))).ShouldBe(ProblemCodes.ModelNotFound);
        (await Problem.CodeOfAsync(() => host.Get<VaultKeys>().CheckUsableAsync(scope, None))).ShouldBe(ProblemCodes.KeyNotFound);
        await foreach (var blob in host.Storage.Container(StorageLayout.VaultContainer).GetBlobsAsync(new GetBlobsOptions { Prefix = scope.Prefix })) Assert.Fail(blob.Name);
        (await Problem.CodeOfAsync(() => registry.DeleteAsync(scope.Name, None))).ShouldBe(ProblemCodes.ModelNotFound);

        (await PublishFilesAsync(host, scope, "job-1")).Version.ShouldBe(2);
        (await registry.ResolveAsync(scope.Name, null, None)).Version.ShouldBe(2);
    }

    private static Task<ModelVersion> PublishAsync(ModelRegistry registry, string model, string origin) =>
        registry.PublishAsync(model, origin, $"models/{model}/jobs/{origin.Replace(':', '-')}/1/manifest.json", new string('a', 64), 5, Metrics, None);

    private static async Task<ModelVersion> PublishFilesAsync(PipelineHost host, VaultScope scope, string job)
    {
        var writer = await host.Get<VaultStore>().OpenWriterAsync(scope, None);
        var blob = await writer.WriteAsync($"{scope.Prefix}jobs/{job}/1/model.onnx", new byte[5], None);
        var manifest = await writer.CommitAsync($"jobs/{job}/1", [blob], new Dictionary<string, string>(StringComparer.Ordinal), None);
        return await host.Get<ModelRegistry>().PublishAsync(scope.Name, job, manifest, blob.Sha256, blob.Length, Metrics, None);
    }
}
