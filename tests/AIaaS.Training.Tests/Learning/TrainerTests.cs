using AIaaS.Pipeline.Problems;
using AIaaS.Training.Checkpoints;
using AIaaS.Training.Learning;

namespace AIaaS.Training.Tests.Learning;

public sealed class TrainerTests
{
    [Theory]
    [InlineData("linear", 0.6)]
    [InlineData("mlp", 0.7)]
    [InlineData("cnn", 0.5)]
    public void RunEpoch_RealDigits_Learns(string family, double accuracy)
    {
        using var setup = TrainerSetup.OnDigits(family, arguments: TrainerSetup.Arguments with { NumTrainEpochs = 6 });
        setup.Run();
        setup.Trainer.History[^1].ValidationMetric.ShouldBeGreaterThan(accuracy);
        setup.Trainer.History[^1].TrainLoss.ShouldBeLessThan(setup.Trainer.History[0].TrainLoss);
    }

    [Fact]
    public void RunEpoch_Regression_ExplainsTheVariance()
    {
        using var setup = TrainerSetup.OnTable("mlp", regression: true, TrainerSetup.Arguments with { NumTrainEpochs = 25, LearningRate = 0.01 });
        setup.Run();
        setup.Trainer.History[^1].ValidationMetric.ShouldBeGreaterThan(0.8);
    }

    [Theory]
    [InlineData("mlp", "adam", 0.2, "constant")]
    [InlineData("cnn", "adamw", 0, "cosine")]
    [InlineData("linear", "sgd", 0, "linear")]
    public async Task Restore_AfterAnyEpoch_EndsWithTheSameBits(string family, string optimiser, double dropout, string schedule)
    {
        var arguments = TrainerSetup.Arguments with
        {
            NumTrainEpochs = 3,
            Optimizer = optimiser,
            LrSchedulerType = schedule,
            WarmupRatio = 0.2,
            WeightDecay = 0.01,
            EarlyStoppingPatience = 2,
        };
        using var whole = TrainerSetup.OnDigits(family, dropout, arguments, perClass: 12);
        var states = whole.Run();

        foreach (var stored in states.SkipLast(1))
        {
            var files = CheckpointFiles.Write(stored).ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal);
            using var resumed = TrainerSetup.OnDigits(family, dropout, arguments, perClass: 12);
            resumed.Trainer.Restore(await CheckpointFiles.ReadAsync(name => Task.FromResult(files.GetValueOrDefault(name))));
            var last = resumed.Run()[^1];
            last.Weights.ShouldBe(states[^1].Weights);
            last.BestWeights.ShouldBe(states[^1].BestWeights);
            last.Optimiser.SelectMany(vector => vector).ShouldBe(states[^1].Optimiser.SelectMany(vector => vector));
        }
    }

    [Fact]
    public void RunEpoch_OtherSeed_GivesOtherWeights()
    {
        using var one = TrainerSetup.OnDigits("linear", perClass: 5);
        using var other = TrainerSetup.OnDigits("linear", arguments: TrainerSetup.Arguments with { Seed = 43 }, perClass: 5);
        one.Run()[^1].Weights.ShouldNotBe(other.Run()[^1].Weights);
    }

    [Fact]
    public void RunEpoch_LossBecomesInfinite_FailsWithAdvice()
    {
        using var setup = TrainerSetup.OnTable("mlp", regression: true, TrainerSetup.Arguments with { Optimizer = "sgd", LearningRate = 1e20 });
        var problem = Should.Throw<PipelineException>(() => setup.Run());
        problem.Code.ShouldBe(ProblemCodes.TrainingFailed);
        problem.Message.ShouldContain("learning_rate");
    }

    [Fact]
    public void RunEpoch_Canceled_StopsAfterTheBatch()
    {
        using var setup = TrainerSetup.OnDigits("linear");
        using var source = new CancellationTokenSource();
        var batches = 0;
        Should.Throw<OperationCanceledException>(() => setup.Trainer.RunEpoch(_ =>
        {
            batches++;
            source.Cancel();
        }, source.Token));
        batches.ShouldBe(1);
    }

    [Fact]
    public void RunEpoch_NoBetterForPatience_StopsAndKeepsTheBest()
    {
        // A learning rate of nothing: the first epoch stays the best.
        using var setup = TrainerSetup.OnDigits("linear", arguments: TrainerSetup.Arguments with
        {
            NumTrainEpochs = 50,
            EarlyStoppingPatience = 2,
            Optimizer = "sgd",
            LearningRate = 1e-30,
        }, perClass: 5);
        var states = setup.Run();
        states.Count.ShouldBe(3);
        setup.Trainer.BestEpoch.ShouldBe(1);
        setup.Trainer.FinalWeights()["1.weight"].ShouldBe(states[0].Weights.AsSpan(0, 7840).ToArray());
    }

    [Fact]
    public void RunEpoch_EveryBatch_IsReported()
    {
        using var setup = TrainerSetup.OnDigits("linear", perClass: 10);
        var seen = new List<StepProgress>();
        setup.Trainer.RunEpoch(seen.Add, CancellationToken.None);
        seen.Select(step => step.Step).ShouldBe([1, 2, 3, 4]);
        seen.ShouldAllBe(step => step.Steps == 4 && step.Epoch == 1 && double.IsFinite(step.TrainLoss));
    }
}
