using AIaaS.Models.Onnx;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using AIaaS.Training.Data;
using AIaaS.Training.Jobs;
using AIaaS.Training.Tests.Data;
using Azure.Messaging.ServiceBus;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Training.Tests.Jobs;

/// <summary>Whole jobs: real digits, dropped and ingested, through queue, vault and registry. One queue, so one test at a time.</summary>
[Collection(TrainingQueue.Name)]
public sealed class JobWorkerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task RunOnceAsync_RealDigits_PublishesAModelThatReadsThem()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync("whole", perClass: 60);
        await service.SubmitAsync("whole-1", TrainingService.Job("whole", "whole", epochs: 8));

        var job = await service.FinishAsync("whole-1");

        job.Error.ShouldBeNull();
        job.Status.ShouldBe(JobStatus.Succeeded);
        job.Progress!.History.Count.ShouldBe(8);
        var version = await service.ModelAsync("whole");
        version.Version.ShouldBe(job.ModelVersion!.Value);
        version.Metrics["accuracy"].ShouldBeGreaterThan(0.7);
        var file = await service.ReadAsync(version, "model.onnx");
        OnnxInspector.Inspect(file);
        Accuracy(file).ShouldBeGreaterThan(0.7);

        var card = await service.CardAsync(version);
        card.GetProperty("dataset").GetProperty("digest").GetString().ShouldBe(job.DatasetDigest);
        card.GetProperty("epochs").GetArrayLength().ShouldBe(8);
        card.GetProperty("test").GetProperty("confusionMatrix").GetArrayLength().ShouldBe(10);
        card.GetProperty("key").GetProperty("name").GetString().ShouldBe("model-whole");
        card.GetProperty("job").GetProperty("training").GetProperty("learningRate").GetDouble().ShouldBe(0.003);
        (await service.Get<VaultStore>().ListManifestsAsync(VaultScope.Model("whole"), "jobs/whole-1/checkpoints/", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Trainer_KilledAfterACheckpointAndAfterTheCommit_EndsWithTheBytesOfAnUndisturbedRun()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync("killed", perClass: 20);
        await service.SubmitAsync("calm", TrainingService.Job("killed", "calm", epochs: 3));
        (await service.FinishAsync("calm")).Status.ShouldBe(JobStatus.Succeeded);
        await service.SubmitAsync("killed", TrainingService.Job("killed", "killed", epochs: 3));

        var faults = new Queue<string>(["checkpoint:after:2", "job-publishing:after"]);
        var killed = 0;
        var job = await service.FinishAsync("killed", async () =>
        {
            var (exitCode, _) = await TrainerProcess.RunAsync(service.Settings, faults.TryPeek(out var fault) ? fault : null);
            if (exitCode == 0) return;
            killed++;
            faults.Dequeue();
        });

        killed.ShouldBe(2);
        job.Status.ShouldBe(JobStatus.Succeeded);
        job.Attempt.ShouldBe(2);
        (await service.ModelAsync("killed")).Version.ShouldBe(1);
        (await service.ModelAsync("killed")).ModelSha256.ShouldBe((await service.ModelAsync("calm")).ModelSha256);
    }

    [Fact]
    public async Task RunOnceAsync_StoppedInTheMiddle_GoesOnInTheNextWorker()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync("stopped", perClass: 20);
        await service.SubmitAsync("stopped", TrainingService.Job("stopped", "stopped", epochs: 400));
        using var stopping = new CancellationTokenSource();

        var first = service.Get<JobWorker>().RunOnceAsync(stopping.Token);
        await UntilAsync(service, "stopped", job => job.Progress?.History.Count > 0);
        await stopping.CancelAsync();
        (await first).ShouldBeTrue();

        var given = await service.Jobs.GetAsync("stopped", CancellationToken.None);
        given.Status.ShouldBe(JobStatus.NotStarted);
        given.Attempt.ShouldBe(0);
        (await service.FinishAsync("stopped")).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task RunOnceAsync_CancelRequested_EndsAsCanceled()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync("canceled", perClass: 20);
        await service.SubmitAsync("canceled", TrainingService.Job("canceled", "canceled", epochs: 1000));

        var worker = service.Get<JobWorker>().RunOnceAsync(CancellationToken.None);
        await UntilAsync(service, "canceled", job => job.Progress is not null);
        await service.Jobs.RequestCancelAsync("canceled", CancellationToken.None);
        (await worker).ShouldBeTrue();

        (await service.Jobs.GetAsync("canceled", CancellationToken.None)).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact]
    public async Task RunOnceAsync_PastItsTimeLimit_FailsSayingSo()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync("late", perClass: 20);
        await service.SubmitAsync("late", TrainingService.Job("late", "late", epochs: 1000, timeout: TimeSpan.FromSeconds(2)));

        var job = await service.FinishAsync("late");

        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.Code.ShouldBe("JobTimeout");
    }

    [Fact]
    public async Task RunOnceAsync_DatasetKeyDisabled_FailsSayingSo()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync("locked", perClass: 20);
        await service.SubmitAsync("locked", TrainingService.Job("locked", "locked", epochs: 1));
        await service.Get<VaultKeys>().DisableAsync(VaultScope.Dataset("locked"), CancellationToken.None);

        // Another process, whose cache of keys is empty.
        var job = await service.FinishAsync("locked", () => TrainerProcess.RunAsync(service.Settings));

        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.Code.ShouldBe("KeyDisabled");
    }

    [Fact]
    public async Task RunOnceAsync_UnreadableMessage_GoesToTheDeadLetters()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        var client = service.Get<ServiceBusClient>();
        await client.CreateSender(StorageLayout.TrainingQueue).SendMessageAsync(new ServiceBusMessage(BinaryData.FromString("{\"jobId\":\"../x\"}")) { MessageId = "bad" });

        (await service.Get<JobWorker>().RunOnceAsync(CancellationToken.None)).ShouldBeTrue();

        await using var dead = client.CreateReceiver(StorageLayout.TrainingQueue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var message = await dead.ReceiveMessageAsync(TimeSpan.FromSeconds(10));
        message.DeadLetterReason.ShouldBe("MessageInvalid");
        await dead.CompleteMessageAsync(message);
    }

    private static async Task UntilAsync(TrainingService service, string id, Func<JobRecord, bool> reached)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!reached(await service.Jobs.GetAsync(id, bound.Token))) await Task.Delay(50, bound.Token);
    }

    private static double Accuracy(byte[] file)
    {
        var rows = Digits.Rows(600, 20).Head(200);
        using var model = OnnxModel.Load(file);
        using var input = InputTensor.FromBytes(TensorElementType.UInt8, [200, 28, 28, 1], ((ImageValues)rows.Columns[0]).Values);
        using var outputs = model.Run([input.Value]);
        return outputs["label"].GetStringTensorAsArray().Zip(rows.Labels, (label, truth) => label == $"{truth}" ? 1.0 : 0).Average();
    }
}
