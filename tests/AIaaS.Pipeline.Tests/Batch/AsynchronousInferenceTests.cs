using System.Text;
using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tests.Inference;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Batch;

public sealed class AsynchronousInferenceTests(AzuriteFixture azurite)
{
    private const string Request = """{"id":"canary-4711","inputs":[{"name":"x","shape":[2,1],"datatype":"FP32","data":[1,2]}]}""";

    [Fact]
    public async Task Submit_ThenRun_AnswersAsAtOnceAndStoresNothingInTheClear()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var (name, id) = await SubmitAsync(host, Request);

        var ended = await host.Get<OperationRunner>().RunAsync(id, CancellationToken.None);

        ended.ShouldNotBeNull().Status.ShouldBe(OperationStatus.Succeeded);
        (await ResultAsync(host, id)).ShouldBe($$$"""{"model_name":"{{{name}}}","model_version":"1","id":"canary-4711","outputs":[{"name":"y","datatype":"FP32","shape":[2,1],"data":[6,7]}]}""");
        await foreach (var blob in host.Storage.Container(StorageLayout.VaultContainer).GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = $"models/{name}/operations/" }))
        {
            var stored = (await host.Storage.Container(StorageLayout.VaultContainer).GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
            stored.AsSpan().IndexOf("canary"u8).ShouldBe(-1, blob.Name);
        }
    }

    [Fact]
    public async Task Run_DeliveredTenTimesByEightWorkers_HasOneEffect()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var (_, id) = await SubmitAsync(host, Request);
        var runner = host.Get<OperationRunner>();

        var ends = new System.Collections.Concurrent.ConcurrentBag<OperationRecord?>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 10), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, token) => ends.Add(await runner.RunAsync(id, token)));

        ends.Count(end => end is not null).ShouldBe(1);
        (await host.Get<OperationStore>().GetAsync(id, CancellationToken.None))!.Record.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Run_WorkerLost_IsTakenOverAfterAMinute()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var (_, id) = await SubmitAsync(host, Request);
        var lost = await OperationClaim.TryTakeAsync(host.Get<OperationStore>(), host.Clock, id, CancellationToken.None);
        lost.ShouldNotBeNull();

        (await host.Get<OperationRunner>().RunAsync(id, CancellationToken.None)).ShouldBeNull();
        host.Clock.Advance(OperationClaim.Lifetime);
        (await host.Get<OperationRunner>().RunAsync(id, CancellationToken.None)).ShouldNotBeNull().Attempt.ShouldBe(2);

        (await lost.FinishAsync(record => record with { Status = OperationStatus.Failed }, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Submit_SameIdAgain_IsTheSameOperationAndAnotherBodyIsRefused()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var (name, id) = await SubmitAsync(host, Request, "own-id-" + PublishedModels.Name("x"));
        using var same = Body(Request);
        using var other = Body(Request.Replace("[1,2]", "[1,3]", StringComparison.Ordinal));

        (await host.Get<AsynchronousInference>().SubmitAsync(name, null, same, id, CancellationToken.None)).Id.ShouldBe(id);
        (await Should.ThrowAsync<PipelineException>(() => host.Get<AsynchronousInference>().SubmitAsync(name, null, other, id, CancellationToken.None)))
            .Code.ShouldBe(ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Submit_TensorThatDoesNotFit_IsRefusedAtOnce()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("refused");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(5));
        using var body = Body("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""");

        (await Should.ThrowAsync<PipelineException>(() => host.Get<AsynchronousInference>().SubmitAsync(name, null, body, null, CancellationToken.None)))
            .Code.ShouldBe(ProblemCodes.TensorInvalid);
    }

    [Fact]
    public async Task Run_KeyDisabledMeanwhile_FailsWithThatProblem()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var (name, id) = await SubmitAsync(host, Request);
        await host.Get<VaultKeys>().DisableAsync(VaultScope.Model(name), CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromSeconds(61));

        var ended = await host.Get<OperationRunner>().RunAsync(id, CancellationToken.None);

        ended.ShouldNotBeNull().Status.ShouldBe(OperationStatus.Failed);
        ended.Error.ShouldNotBeNull().Code.ShouldBe(ProblemCodes.KeyDisabled.Code);
        (await Should.ThrowAsync<PipelineException>(() => ResultAsync(host, id))).Code.ShouldBe(ProblemCodes.OperationFailed);
    }

    [Fact]
    public async Task Sweep_ADayAfterTheEnd_DeletesEverythingOfTheOperation()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var (name, id) = await SubmitAsync(host, Request);
        await host.Get<OperationRunner>().RunAsync(id, CancellationToken.None);
        host.Clock.Advance(OperationSweep.Retention + TimeSpan.FromSeconds(1));

        await host.Get<OperationSweep>().RunAsync(CancellationToken.None);

        (await Should.ThrowAsync<PipelineException>(() => ResultAsync(host, id))).Code.ShouldBe(ProblemCodes.OperationNotFound);
        await foreach (var blob in host.Storage.Container(StorageLayout.VaultContainer).GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = $"models/{name}/operations/" }))
            throw new ShouldAssertException(blob.Name);
    }

    private static async Task<(string Model, string Id)> SubmitAsync(PipelineHost host, string request, string? id = null)
    {
        var name = PublishedModels.Name("async");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(5));
        using var body = Body(request);
        return (name, (await host.Get<AsynchronousInference>().SubmitAsync(name, null, body, id, CancellationToken.None)).Id);
    }

    private static RequestBody Body(string request) => RequestBody.Copy(Encoding.UTF8.GetBytes(request), jsonLength: null);

    private static async Task<string> ResultAsync(PipelineHost host, string id)
    {
        await using var answer = await host.Get<OperationResults>().OpenAsync(id, CancellationToken.None);
        using var reader = new StreamReader(answer.Body);
        return await reader.ReadToEndAsync();
    }
}
