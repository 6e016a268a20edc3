using AIaaS.Training.Networks;
using static TorchSharp.torch;

namespace AIaaS.Training.Optimisers;

/// <summary>Plain stochastic gradient descent, without momentum, as PyTorch's default.</summary>
internal sealed class Sgd(FlatParameters parameters, double weightDecay) : Optimiser(parameters, weightDecay)
{
    public override IReadOnlyList<Tensor> State => [];

    protected override void Update(double learningRate)
    {
        if (WeightDecay > 0) AddDecay();
        Parameters.Values.add_(Parameters.Gradients, -learningRate);
    }
}
