using AIaaS.Testing;

namespace AIaaS.EndToEnd.Faults;

/// <summary>SIGTERM to a trainer, as a platform sends that takes its container away: the next one goes on.</summary>
public sealed class TerminationTests(ManyAccounts accounts) : IClassFixture<ManyAccounts>
{
    private static readonly string Job = World.Job(1).Replace("num_train_epochs: 4", "num_train_epochs: 80", StringComparison.Ordinal);

    [Fact]
    public async Task Trainer_TerminatedInTheMiddleOfTraining_GivesTheJobBackAndTheNextEndsWithTheSameModel()
    {
        await using var world = new World(accounts.Next());
        await using var client = await Client.StartAsync(world);
        await client.PutDatasetAsync(World.Flowers(1));
        await client.UntilReadyAsync();
        await client.PutJobAsync(Job);

        var (exitCode, log) = await TrainerProcess.RunAsync(
            world.Settings,
            terminateWhen: () => client.UntilAsync(async () => (await world.Jobs.GetAsync("one", client.Token)).Progress is { Epoch: > 2 }, "the third epoch is under way"),
            cancellationToken: client.Token);

        exitCode.ShouldBe(0, log);
        log.ShouldContain("goes on from its last checkpoint");
        var job = await world.Jobs.GetAsync("one", default);
        job.IsFinal.ShouldBeFalse();
        job.LeaseUntil.ShouldBeNull("nobody waits for the lease of one that has gone");
        (await world.VaultAsync("models/")).ShouldContain(blob => blob.Contains("checkpoint", StringComparison.Ordinal));
        (await world.Models.GetAsync(World.Name, default)).ShouldBeNull();

        await client.TrainAsync();
        var resumed = (await world.Models.GetAsync(World.Name, default))!.Versions.ShouldHaveSingleItem();
        await client.PutJobAsync(Job, "two");
        await client.TrainAsync("two");
        var undisturbed = (await world.Models.GetAsync(World.Name, default))!.Versions[^1];
        (resumed.ModelSha256, undisturbed.Version).ShouldBe((undisturbed.ModelSha256, 2));
        (await world.DeadLettersAsync(Pipeline.Storage.StorageLayout.TrainingQueue)).ShouldBeEmpty();
    }
}
