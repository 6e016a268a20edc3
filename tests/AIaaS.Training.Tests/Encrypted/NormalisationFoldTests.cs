using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Jobs;
using AIaaS.Training.Checkpoints;
using AIaaS.Training.Data;
using AIaaS.Training.Encrypted;
using AIaaS.Training.Learning;
using AIaaS.Training.Tests.Data;
using AIaaS.Training.Tests.Learning;
using static TorchSharp.torch;

namespace AIaaS.Training.Tests.Encrypted;

public sealed class NormalisationFoldTests
{
    private static readonly TrainingArguments Arguments = TrainerSetup.Arguments with
    {
        NumTrainEpochs = 3,
        Optimizer = "adamw",
        LrSchedulerType = "one_cycle",
        WarmupRatio = 0.2,
        WeightDecay = 0.025,
        MaxGradNorm = 1,
    };

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Fold_TrainedNetwork_AnswersAlike(string family)
    {
        using var setup = new Setup(family);
        setup.Run();
        var trained = setup.Trainer.Finish(CancellationToken.None).Predict(setup.Train.Features, CancellationToken.None);

        var folded = NormalisationFold.Fold(setup.Layout, setup.Plan, setup.Trainer.FinalWeights(), setup.Trainer.Statistics);
        folded.Plan.Layers.ShouldNotContain(layer => layer is BatchNormSpec);
        using var evaluation = new FoldedEvaluation(folded, setup.Head, CPU);
        using var raw = evaluation.Encoder.Encode(setup.Rows);
        raw.Features.max().item<float>().ShouldBe(1); // pixels divided by 255
        var answers = evaluation.Evaluator.Predict(raw.Features, CancellationToken.None);
        for (var row = 0; row < answers.Count; row++)
            for (var i = 0; i < 10; i++) answers[row][i].ShouldBe(trained[row][i], 1e-4, $"row {row}");
    }

    [Fact]
    public void Measure_AllRows_GivesTheMomentsOfWhatIsNormalized()
    {
        using var setup = new Setup("mlp");
        setup.Trainer.Finish(CancellationToken.None);
        var (mean, variance) = setup.Trainer.Statistics[2];
        var weights = setup.Trainer.FinalWeights();
        using var weight = tensor(weights["1.weight"], [16, 784]);
        using var bias = tensor(weights["1.bias"]);
        using var values = nn.functional.linear(setup.Train.Features.flatten(1), weight, bias).to(float64);
        mean.Select((value, i) => Math.Abs(value - values[TensorIndex.Colon, i].mean().item<double>())).Max().ShouldBeLessThan(1e-5);
        variance.Select((value, i) => Math.Abs(value - values[TensorIndex.Colon, i].sub(mean[i]).square().mean().item<double>())).Max().ShouldBeLessThan(1e-5);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public async Task Restore_AfterAnyEpoch_EndsWithTheSameBits(string family)
    {
        using var whole = new Setup(family);
        var states = whole.Run();
        whole.Trainer.Finish(CancellationToken.None);
        foreach (var stored in states.SkipLast(1))
        {
            var files = CheckpointFiles.Write(stored).ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal);
            using var resumed = new Setup(family);
            resumed.Trainer.Restore(await CheckpointFiles.ReadAsync(name => Task.FromResult(files.GetValueOrDefault(name))));
            resumed.Run()[^1].Weights.ShouldBe(states[^1].Weights);
            resumed.Trainer.Finish(CancellationToken.None);
            resumed.Trainer.Statistics[2 - (family == "cnn" ? 1 : 0)].Variance.ShouldBe(whole.Trainer.Statistics[2 - (family == "cnn" ? 1 : 0)].Variance);
        }
    }

    [Fact]
    public void RunEpoch_LastBatchOfOneRow_IsLeftOut()
    {
        using var setup = new Setup("mlp", rows: 161); // five batches of 32 and one row
        setup.Trainer.Steps.ShouldBe(5);
        setup.Run().Count.ShouldBe(3);
    }

    private sealed class Setup : IDisposable
    {
        public Setup(string family, int rows = 200)
        {
            set_num_threads(1);
            var chunk = Digits.Rows(0, 21).Head(rows);
            Rows.Add(chunk);
            Layout = LayoutFitter.Fit([Digits.Image], Rows);
            if (family == "cnn") Layout = new InputLayout([Layout.Image! with { Mean = [0] }]);
            Head = LayoutFitter.Head(Digits.Label, Rows);
            Train = new RowEncoder(Layout, Head, CPU).Encode(Rows);
            Plan = EncryptedFamily.Plan(family, Layout.RowShape, 10, [16], [4], new SquareSpec());
            Trainer = new Trainer(Plan, Head, Train, Train, Arguments, TimeProvider.System);
        }

        public RawRows Rows { get; } = new();

        public InputLayout Layout { get; }

        public ModelHead Head { get; }

        public TrainingSet Train { get; }

        public NetworkPlan Plan { get; }

        public Trainer Trainer { get; }

        public IReadOnlyList<TrainerState> Run()
        {
            var states = new List<TrainerState>();
            while (!Trainer.IsFinished)
            {
                Trainer.RunEpoch(_ => { }, CancellationToken.None);
                states.Add(Trainer.Capture());
            }
            return states;
        }

        public void Dispose()
        {
            Trainer.Dispose();
            Train.Dispose();
        }
    }
}
