using AIaaS.Training.Networks;
using static TorchSharp.torch;

namespace AIaaS.Training.Optimisers;

/// <summary>Kingma and Ba, "Adam" (ICLR 2015); decoupled: Loshchilov and Hutter, "AdamW" (ICLR 2019). β₁ 0.9, β₂ 0.999, ε 1e-8, as in PyTorch.</summary>
internal sealed class Adam(FlatParameters parameters, double weightDecay, bool decoupled) : Optimiser(parameters, weightDecay)
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly Tensor _mean = zeros_like(parameters.Values).DetachFromDisposeScope();
    private readonly Tensor _square = zeros_like(parameters.Values).DetachFromDisposeScope();
    private readonly Tensor _scratch = zeros_like(parameters.Values).DetachFromDisposeScope();

    public override IReadOnlyList<Tensor> State => [_mean, _square];

    protected override void Update(double learningRate)
    {
        var (values, gradients) = (Parameters.Values, Parameters.Gradients);
        if (WeightDecay > 0 && decoupled) Shrink(learningRate * WeightDecay);
        else if (WeightDecay > 0) AddDecay();
        _mean.mul_(Beta1).add_(gradients, 1 - Beta1);
        _square.mul_(Beta2).addcmul_(gradients, gradients, 1 - Beta2);

        // θ -= lr/(1-β₁ᵗ) · m / (√v/√(1-β₂ᵗ) + ε)
        _scratch.copy_(_square).sqrt_().div_(Math.Sqrt(1 - Math.Pow(Beta2, Steps))).add_(Epsilon);
        values.addcdiv_(_mean, _scratch, -learningRate / (1 - Math.Pow(Beta1, Steps)));
    }

    protected override void Release() => _scratch.Dispose();
}
