using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;

namespace AIaaS.EndToEnd.Faults;

/// <summary>The work is done and its acknowledgement is lost, again and again: one effect, and the message ends in the dead-letter queue.</summary>
public sealed class LostAcknowledgementTests(ManyAccounts accounts) : IClassFixture<ManyAccounts>
{
    private const int MaxDeliveryCount = 3;

    [Theory]
    [InlineData(MaxDeliveryCount - 1)]
    [InlineData(MaxDeliveryCount)]
    public async Task Job_AcknowledgementLost_IsDoneOnceAndItsMessageIsSettled(int lost)
    {
        await using var world = new World(accounts.Next(), $"LockSeconds=3;MaxDeliveryCount={MaxDeliveryCount};");
        await using var client = await Client.StartAsync(world);
        await client.PutDatasetAsync(World.Flowers(1));
        await client.UntilReadyAsync();
        await client.PutJobAsync(World.Job(1));

        var deaths = 0;
        while (deaths < lost)
        {
            var (exitCode, log) = await TrainerProcess.RunAsync(world.Settings, "settle:before", cancellationToken: client.Token);
            // 0: the lock of the last delivery still held.
            exitCode.ShouldBeOneOf([0, 137], log);
            if (exitCode == 137) deaths++;
        }
        await client.UntilAsync(async () =>
        {
            (await TrainerProcess.RunAsync(world.Settings, cancellationToken: client.Token)).ExitCode.ShouldBe(0);
            await using var receiver = world.Queues.CreateReceiver(StorageLayout.TrainingQueue);
            return await receiver.PeekMessageAsync() is null;
        }, "the queue is empty");

        var job = await world.Jobs.GetAsync("one", default);
        (job.Status, job.Attempt).ShouldBe((JobStatus.Succeeded, 1));
        (await world.Models.GetAsync(World.Name, default))!.Versions.Count.ShouldBe(1);
        (await world.DeadLettersAsync(StorageLayout.TrainingQueue)).Count.ShouldBe(lost < MaxDeliveryCount ? 0 : 1);
    }
}
