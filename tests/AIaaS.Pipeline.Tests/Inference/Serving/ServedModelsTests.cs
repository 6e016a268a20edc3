using System.Text;
using System.Text.Json;
using AIaaS.Pipeline.Inference;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Inference.Serving;

public sealed class ServedModelsTests(AzuriteFixture azurite)
{
    private const string Request = """{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[0]}]}""";

    [Fact]
    public async Task HotSwap_UnderLoad_FailsNoRequestAndEachAnswerIsOfTheVersionItNames()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("swap");
        for (var version = 1; version <= 3; version++) await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(version));
        var registry = host.Get<ModelRegistry>();
        await registry.PromoteAsync(name, ModelRegistry.Production, 1, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskUntilAsync(host, name, stop.Token))).ToArray();

        for (var round = 0; round < 12; round++)
        {
            var target = 1 + (round % 3);
            await registry.PromoteAsync(name, ModelRegistry.Production, target, CancellationToken.None);
            await EventuallyAsync(host, name, target);
        }
        await stop.CancelAsync();

        var answers = (await Task.WhenAll(load)).SelectMany(list => list).ToList();
        answers.ShouldAllBe(answer => answer.Value == answer.Version);
        answers.Select(answer => answer.Version).Distinct().Order().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Version_NotNamed_IsProductionElseLatest()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("policy");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(2));

        (await AskAsync(host, name)).Version.ShouldBe(2);
        (await AskAsync(host, name, "1")).Version.ShouldBe(1);
        await host.Get<ModelRegistry>().PromoteAsync(name, ModelRegistry.Production, 1, CancellationToken.None);
        await EventuallyAsync(host, name, 1);
        (await AskAsync(host, name, "latest")).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Model_Unknown_IsNotFoundUntilItIsPublished()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("late");

        (await Should.ThrowAsync<PipelineException>(() => AskAsync(host, name))).Code.ShouldBe(ProblemCodes.ModelNotFound);
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        host.Clock.Advance(VersionResolver.Fresh);

        (await AskAsync(host, name)).Value.ShouldBe(1);
        (await Should.ThrowAsync<PipelineException>(() => AskAsync(host, name, "9"))).Code.ShouldBe(ProblemCodes.ModelVersionNotFound);
        (await Should.ThrowAsync<PipelineException>(() => AskAsync(host, "No Such Name"))).Code.ShouldBe(ProblemCodes.InvalidName);
    }

    [Fact]
    public async Task Key_Disabled_StopsAModelInMemoryWithinThirtySecondsAndEnablingStartsItAgain()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("revoked");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        (await AskAsync(host, name)).Value.ShouldBe(1);

        await host.Get<VaultKeys>().DisableAsync(VaultScope.Model(name), CancellationToken.None);
        host.Clock.Advance(KeyWatch.MaxAge);
        (await Should.ThrowAsync<PipelineException>(() => AskAsync(host, name))).Code.ShouldBe(ProblemCodes.KeyDisabled);
        host.Get<ModelCache>().Models.ShouldNotContain(name);

        await host.Get<VaultKeys>().EnableAsync(VaultScope.Model(name), CancellationToken.None);
        host.Clock.Advance(VersionResolver.Stale);
        (await AskAsync(host, name)).Value.ShouldBe(1);
    }

    [Fact]
    public async Task Key_Disabled_TakesAnIdleModelOutOfMemory()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("idle");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        await AskAsync(host, name);
        host.Get<ModelCache>().Models.ShouldContain(name);

        await host.Get<VaultKeys>().DisableAsync(VaultScope.Model(name), CancellationToken.None);
        await host.Get<ServedModels>().CheckKeysAsync(CancellationToken.None);

        host.Get<ModelCache>().Models.ShouldNotContain(name);
        host.Get<ModelCache>().Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task Publication_OfAVersionThatCannotBeLoaded_LeavesTheOldOneAnswering()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("broken");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        (await AskAsync(host, name)).Version.ShouldBe(1);

        await PublishedModels.PublishAsync(host, name, "not an ONNX file"u8.ToArray());
        for (var round = 0; round < 3; round++)
        {
            host.Clock.Advance(VersionResolver.Stale);
            (await AskAsync(host, name)).Version.ShouldBe(1);
        }
    }

    private static async Task<List<(int Version, float Value)>> AskUntilAsync(PipelineHost host, string name, CancellationToken stop)
    {
        var answers = new List<(int, float)>();
        while (!stop.IsCancellationRequested)
        {
            answers.Add(await AskAsync(host, name));
            await Task.Yield();
        }
        return answers;
    }

    /// <summary>The clock goes on until the answer comes from <paramref name="version"/>.</summary>
    private static async Task EventuallyAsync(PipelineHost host, string name, int version)
    {
        for (var round = 0; round < 2_000; round++)
        {
            host.Clock.Advance(VersionResolver.Fresh);
            if ((await AskAsync(host, name)).Version == version) return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
        throw new TimeoutException($"Version {version} never answered.");
    }

    private static async Task<(int Version, float Value)> AskAsync(PipelineHost host, string name, string? version = null)
    {
        using var lease = await host.Get<ServedModels>().AcquireAsync(name, version, CancellationToken.None);
        using var body = RequestBody.Copy(Encoding.UTF8.GetBytes(Request), jsonLength: null);
        using var response = host.Get<InferenceEngine>().Infer(lease.Model, body);
        var json = JsonDocument.Parse(response.Body).RootElement;
        return (int.Parse(json.GetProperty("model_version").GetString()!), json.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle());
    }
}
