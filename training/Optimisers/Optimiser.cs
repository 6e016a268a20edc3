using AIaaS.Pipeline.Jobs;
using AIaaS.Training.Networks;
using static TorchSharp.torch;

namespace AIaaS.Training.Optimisers;

/// <summary>Moves the parameters against their gradients. Works on the flat vectors, so on any device and with the same few operations for any network.</summary>
internal abstract class Optimiser(FlatParameters parameters, double weightDecay) : IDisposable
{
    protected FlatParameters Parameters { get; } = parameters;

    protected double WeightDecay { get; } = weightDecay;

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>Moments: what a checkpoint must keep beside the parameters. Same length and order as the parameters.</summary>
    public abstract IReadOnlyList<Tensor> State { get; }

    /// <param name="arguments">optimizer and weight_decay.</param>
    /// <param name="parameters">What it moves.</param>
    public static Optimiser Create(TrainingArguments arguments, FlatParameters parameters) => arguments.Optimizer switch
    {
        "adam" => new Adam(parameters, arguments.WeightDecay, decoupled: false),
        "adamw" => new Adam(parameters, arguments.WeightDecay, decoupled: true),
        "sgd" => new Sgd(parameters, arguments.WeightDecay),
        _ => throw new NotSupportedException($"There is no optimizer '{arguments.Optimizer}'."),
    };

    /// <summary>One step, then the gradients are zero.</summary>
    public void Step(double learningRate)
    {
        using var _ = no_grad();
        Steps++;
        Update(learningRate);
        Parameters.Gradients.zero_();
    }

    /// <summary>Shortens the gradients to a norm (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013).</summary>
    public void Clip(double maxNorm)
    {
        using var _ = no_grad();
        using var norm = Parameters.Gradients.norm();
        var length = norm.item<float>();
        if (length > maxNorm) Parameters.Gradients.mul_(maxNorm / (length + 1e-6));
    }

    public void Restore(long steps, IReadOnlyList<float[]> state)
    {
        using var _ = no_grad();
        Steps = steps;
        for (var i = 0; i < State.Count; i++)
        {
            using var saved = tensor(state[i]);
            State[i].copy_(saved);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in State) tensor.Dispose();
        Release();
    }

    /// <summary>Frees what is not state.</summary>
    protected virtual void Release()
    {
    }

    protected abstract void Update(double learningRate);

    /// <summary>Takes a share of the decayed parameters away.</summary>
    protected void Shrink(double share)
    {
        if (Parameters.Decayed is { } decayed) Parameters.Values.addcmul_(Parameters.Values, decayed, -share);
        else Parameters.Values.mul_(1 - share);
    }

    /// <summary>Adds the gradient of weight_decay / 2 times their squares.</summary>
    protected void AddDecay()
    {
        if (Parameters.Decayed is { } decayed) Parameters.Gradients.addcmul_(Parameters.Values, decayed, WeightDecay);
        else Parameters.Gradients.add_(Parameters.Values, WeightDecay);
    }
}
