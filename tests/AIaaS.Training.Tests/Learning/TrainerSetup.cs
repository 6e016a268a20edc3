using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Jobs;
using AIaaS.Training.Data;
using AIaaS.Training.Learning;
using AIaaS.Training.Tests.Data;
using static TorchSharp.torch;

namespace AIaaS.Training.Tests.Learning;

/// <summary>A trainer with all it needs, from raw rows.</summary>
internal sealed class TrainerSetup : IDisposable
{
    public static readonly TrainingArguments Arguments = new(
        NumTrainEpochs: 2, PerDeviceTrainBatchSize: 32, "adam", LearningRate: 0.003, "constant", WarmupRatio: 0, WeightDecay: 0, Seed: 42, EarlyStoppingPatience: null, NumThreads: 1);

    private TrainerSetup(InputLayout layout, ModelHead head, RawRows train, RawRows validation, string family, double dropout, TrainingArguments arguments)
    {
        set_num_threads(1);
        (Layout, Head) = (layout, head);
        Encoder = new RowEncoder(layout, head, CPU);
        Train = Encoder.Encode(train);
        Validation = Encoder.Encode(validation);
        Plan = ModelFamily.Plan(family, layout.RowShape, head.Outputs, hidden: [24], channels: [4, 6], dropout);
        Trainer = new Trainer(Plan, head, Train, Validation, arguments, TimeProvider.System);
    }

    public InputLayout Layout { get; }

    public ModelHead Head { get; }

    public RowEncoder Encoder { get; }

    public TrainingSet Train { get; }

    public TrainingSet Validation { get; }

    public NetworkPlan Plan { get; }

    public Trainer Trainer { get; }

    public static TrainerSetup OnDigits(string family, double dropout = 0, TrainingArguments? arguments = null, int perClass = 30)
    {
        var train = Digits.Rows(0, perClass);
        return new TrainerSetup(
            LayoutFitter.Fit([Digits.Image], train), LayoutFitter.Head(Digits.Label, train), train, Digits.Rows(500, 10), family, dropout, arguments ?? Arguments);
    }

    public static TrainerSetup OnTable(string family, bool regression, TrainingArguments? arguments = null)
    {
        var train = Tables.Rows(400, seed: 1, regression);
        return new TrainerSetup(
            LayoutFitter.Fit(Tables.Features, train), LayoutFitter.Head(regression ? Tables.Value : Tables.Class, train),
            train, Tables.Rows(100, seed: 2, regression), family, dropout: 0, arguments ?? Arguments);
    }

    /// <summary>Trains to the end; every state that a checkpoint would hold, in order.</summary>
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
        Validation.Dispose();
    }
}
