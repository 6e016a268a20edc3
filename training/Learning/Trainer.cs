using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Evaluation;
using AIaaS.Training.Networks;
using AIaaS.Training.Optimisers;
using static TorchSharp.torch;

namespace AIaaS.Training.Learning;

/// <summary>Trains one network on data in memory, epoch by epoch. Not thread-safe.</summary>
/// <remarks>
/// On one CPU thread the same data, arguments and seed give the same weights to the bit, also when the training was
/// stopped after any epoch and went on from its <see cref="TrainerState"/> in another process.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    private readonly TrainingArguments _arguments;
    private readonly TrainingSet _train;
    private readonly TrainingSet _validation;
    private readonly TimeProvider _time;
    private readonly FlatParameters _parameters;
    private readonly Network _network;
    private readonly Optimiser _optimiser;
    private readonly Evaluator _evaluator;
    private readonly LearningRateSchedule _schedule;
    private readonly List<EpochMetrics> _history = [];
    private readonly bool _classification;
    private readonly bool _normalised;
    private float[]? _bestWeights;

    /// <param name="plan">Layers.</param>
    /// <param name="head">Says which loss.</param>
    /// <param name="train">What it learns from; not disposed.</param>
    /// <param name="validation">What each epoch is measured on; with no rows, the training set is taken. Not disposed.</param>
    /// <param name="arguments">Of the job.</param>
    /// <param name="time">For the seconds of an epoch.</param>
    public Trainer(NetworkPlan plan, ModelHead head, TrainingSet train, TrainingSet validation, TrainingArguments arguments, TimeProvider time)
    {
        _arguments = arguments;
        _train = train;
        _validation = validation.Rows > 0 ? validation : train;
        _time = time;
        _classification = head is ClassificationHead;
        _normalised = plan.Layers.Any(layer => layer is BatchNormSpec);
        if (_normalised && train.Rows < 2)
            throw new PipelineException(ProblemCodes.TrainingFailed, "Batch normalization needs at least 2 training rows. Give the dataset more.");
        _parameters = new FlatParameters(plan, train.Features.device);
        _parameters.Initialise(arguments.Seed);
        _network = new Network(plan, _parameters);
        _optimiser = Optimiser.Create(arguments, _parameters);
        _evaluator = new Evaluator(_network, head);
        var total = (long)Steps * arguments.NumTrainEpochs;
        _schedule = new LearningRateSchedule(
            arguments.LearningRate, arguments.LrSchedulerType, (long)Math.Ceiling(total * arguments.WarmupRatio), total);
    }

    /// <summary>Batches in one epoch. A last batch of one row cannot be normalized by itself and is left out then.</summary>
    public int Steps => (_train.Rows + _arguments.PerDeviceTrainBatchSize - (_normalised ? 2 : 1)) / _arguments.PerDeviceTrainBatchSize;

    public IReadOnlyList<EpochMetrics> History => _history;

    /// <summary>1-based epoch with the best validation metric; 0 when early stopping is off.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>All epochs done, or early_stopping_patience epochs went by without a better validation metric.</summary>
    public bool IsFinished => _history.Count >= _arguments.NumTrainEpochs
        || (_arguments.EarlyStoppingPatience is { } patience && _history.Count - BestEpoch >= patience && _history.Count > 0);

    /// <summary>Trains one epoch and measures it.</summary>
    /// <param name="onStep">Called after every batch, on this thread.</param>
    /// <param name="cancellationToken">Stops between two batches; the trainer is then of no more use.</param>
    /// <exception cref="PipelineException">TrainingFailed: the loss is no longer a finite number.</exception>
    public EpochMetrics RunEpoch(Action<StepProgress> onStep, CancellationToken cancellationToken)
    {
        var epoch = _history.Count + 1;
        var started = _time.GetTimestamp();
        var trainLoss = Learn(epoch, onStep, cancellationToken);
        _network.Statistics.Measure(_network, _train.Features, cancellationToken);
        var validation = _evaluator.Measure(_validation, cancellationToken);
        if (!double.IsFinite(validation.Loss)) throw Diverged(epoch, Steps);
        var metrics = new EpochMetrics(epoch, trainLoss, validation.Loss, validation.Metric, _time.GetElapsedTime(started).TotalSeconds);
        KeepBest(metrics);
        _history.Add(metrics);
        return metrics;
    }

    /// <summary>The weights to publish, by parameter name: the best epoch's with early stopping, else the last one's.</summary>
    public IReadOnlyDictionary<string, float[]> FinalWeights() => _parameters.ByName(_bestWeights ?? _parameters.Save());

    /// <summary>Puts <see cref="FinalWeights"/> into the network, so that what is measured now is what will be published.</summary>
    public Evaluator Finish(CancellationToken cancellationToken)
    {
        if (_bestWeights is not null) _parameters.Load(_bestWeights);
        _network.Statistics.Measure(_network, _train.Features, cancellationToken);
        return _evaluator;
    }

    /// <summary>Of the batch normalizations, by layer; measured by <see cref="Finish"/>.</summary>
    public BatchStatistics Statistics => _network.Statistics;

    public TrainerState Capture() =>
        new(_optimiser.Steps, [.. _history], BestEpoch, _parameters.Save(), [.. _optimiser.State.Select(Copy)], _bestWeights);

    public void Restore(TrainerState state)
    {
        _parameters.Load(state.Weights);
        _optimiser.Restore(state.Steps, state.Optimiser);
        _history.Clear();
        _history.AddRange(state.History);
        BestEpoch = state.BestEpoch;
        _bestWeights = state.BestWeights;
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        _parameters.Dispose();
    }

    private double Learn(int epoch, Action<StepProgress> onStep, CancellationToken cancellationToken)
    {
        random.manual_seed((long)EpochOrder.Seed(_arguments.Seed, epoch));
        using var order = tensor(EpochOrder.Rows(_train.Rows, _arguments.Seed, epoch), device: _train.Features.device);
        double sum = 0;
        for (var step = 0; step < Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = step * _arguments.PerDeviceTrainBatchSize;
            var rows = Math.Min(_arguments.PerDeviceTrainBatchSize, _train.Rows - first);
            var loss = Step(order, first, rows);
            if (!double.IsFinite(loss)) throw Diverged(epoch, step + 1);
            sum += loss * rows;
            onStep(new StepProgress(epoch, step + 1, Steps, sum / (first + rows)));
        }
        return sum / Math.Min(_train.Rows, (long)Steps * _arguments.PerDeviceTrainBatchSize);
    }

    private double Step(Tensor order, int first, int rows)
    {
        using var scope = NewDisposeScope();
        var batch = order.narrow(0, first, rows);
        var outputs = _network.Forward(_train.Features.index_select(0, batch), training: true);
        var targets = _train.Targets.index_select(0, batch);
        var loss = _classification ? nn.functional.cross_entropy(outputs, targets) : nn.functional.mse_loss(outputs, targets);
        loss.backward();
        if (_arguments.MaxGradNorm is { } longest) _optimiser.Clip(longest);
        _optimiser.Step(_schedule.At(_optimiser.Steps));
        return loss.item<float>();
    }

    private void KeepBest(EpochMetrics metrics)
    {
        if (_arguments.EarlyStoppingPatience is null) return;
        if (BestEpoch > 0 && metrics.ValidationMetric <= _history[BestEpoch - 1].ValidationMetric) return;
        BestEpoch = metrics.Epoch;
        _bestWeights = _parameters.Save();
    }

    private static float[] Copy(Tensor tensor)
    {
        using var local = tensor.cpu();
        return local.data<float>().ToArray();
    }

    private PipelineException Diverged(int epoch, int step) => new(ProblemCodes.TrainingFailed,
        $"The loss became infinite or not a number in epoch {epoch}, batch {step}. Take a smaller learning_rate than {_arguments.LearningRate}, or a warmup_ratio.");
}
