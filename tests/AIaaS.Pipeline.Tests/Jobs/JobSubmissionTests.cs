using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Jobs;

[Collection(JobsTable.Name)]
public sealed class JobSubmissionTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Submit_TenTimesEightAtATime_IsOneJobAndOneMessage()
    {
        await using var host = await StartAsync("submit-same");
        await Parallel.ForEachAsync(Enumerable.Range(0, 10), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
            (await host.Get<JobSubmission>().SubmitAsync("submit-1", JobSamples.Spec("submit-same"), null, None)).Status.ShouldBe(JobStatus.NotStarted));
        (await JobsTable.ReceiveAllAsync(host)).ShouldBe(["submit-1"]);
        var job = await host.Get<JobStore>().GetAsync("submit-1", None);
        var dataset = await host.Get<DatasetStore>().GetAsync("submit-same", None);
        (job.DatasetVersion, job.DatasetDigest).ShouldBe((dataset.Version, dataset.Digest));
    }

    [Fact]
    public async Task Submit_DifferentJobUnderATakenName_IsAConflict()
    {
        await using var host = await StartAsync("submit-taken");
        await host.Get<JobSubmission>().SubmitAsync("submit-2", JobSamples.Spec("submit-taken"), null, None);
        (await Problem.CodeOfAsync(() => host.Get<JobSubmission>().SubmitAsync(
            "submit-2", JobSamples.Spec("submit-taken", "training: {seed: 7}\n"), null, None))).ShouldBe(ProblemCodes.Conflict);
    }

    [Fact]
    public async Task Submit_AgainAfterACrashBetweenRecordAndMessage_SendsTheMessage()
    {
        await using var host = await StartAsync("submit-crash");
        var job = JobSamples.NotStarted("submit-3") with { Spec = JobSamples.Spec("submit-crash") };
        await host.Get<JobStore>().InsertAsync(job, None);
        await host.Get<JobSubmission>().SubmitAsync("submit-3", JobSamples.Spec("submit-crash"), null, None);
        (await JobsTable.ReceiveAllAsync(host)).ShouldBe(["submit-3"]);
    }

    [Fact]
    public async Task Submit_WhatCannotBeTrained_LeavesNoRecordAndNoMessage()
    {
        await using var host = await StartAsync("submit-unfit");
        var submission = host.Get<JobSubmission>();
        (await Problem.CodeOfAsync(() => submission.SubmitAsync("submit-4", JobSamples.Spec("no-such-set"), null, None))).ShouldBe(ProblemCodes.DatasetNotFound);
        var unfit = await Problem.OfAsync(() => submission.SubmitAsync("submit-4", JobSamples.Spec("submit-unfit", "test_size: 0.01\n"), null, None));
        unfit!.Code.ShouldBe(ProblemCodes.JobInvalid);
        unfit.Items.Single().Pointer.ShouldBe("/test_size");
        (await Problem.CodeOfAsync(() => submission.SubmitAsync("Submit 4", JobSamples.Spec("submit-unfit"), null, None))).ShouldBe(ProblemCodes.InvalidName);
        await host.Get<VaultKeys>().DisableAsync(VaultScope.Dataset("submit-unfit"), None);
        (await Problem.CodeOfAsync(() => submission.SubmitAsync("submit-4", JobSamples.Spec("submit-unfit"), null, None))).ShouldBe(ProblemCodes.KeyDisabled);
        (await Problem.CodeOfAsync(() => host.Get<JobStore>().GetAsync("submit-4", None))).ShouldBe(ProblemCodes.JobNotFound);
        (await JobsTable.ReceiveAllAsync(host)).ShouldBeEmpty();
    }

    private async Task<PipelineHost> StartAsync(string dataset)
    {
        var host = await PipelineHost.StartAsync(azurite);
        await JobsTable.ClearAsync(host);
        var rows = Enumerable.Range(0, 90).Select(i => $"{i % 7},{i % 11},{(i % 3 == 0 ? "yes" : "no")}");
        await host.Storage.Container(StorageLayout.DatasetsContainer).GetBlobClient($"{dataset}/data.csv")
            .UploadAsync(BinaryData.FromString("a,b,label\n" + string.Join('\n', rows) + "\n"), overwrite: true);
        (await host.Get<DatasetIngestion>().RunAsync(dataset, None)).Status.ShouldBe(DatasetStatus.Ready);
        return host;
    }
}
