using AIaaS.Models.Preprocessing;
using AIaaS.Training.Data;
using AIaaS.Training.Evaluation;
using AIaaS.Training.Networks;
using static TorchSharp.torch;

namespace AIaaS.Training.Encrypted;

/// <summary>A folded network in TorchSharp: what is tested is what is published.</summary>
internal sealed class FoldedEvaluation : IDisposable
{
    private readonly FlatParameters _parameters;

    public FoldedEvaluation(FoldedNetwork folded, ModelHead head, Device device)
    {
        _parameters = new FlatParameters(folded.Plan, device);
        _parameters.Load(folded.Weights);
        Network = new Network(folded.Plan, _parameters);
        Evaluator = new Evaluator(Network, head);
        Encoder = new RowEncoder(folded.Layout, head, device);
    }

    public Network Network { get; }

    public Evaluator Evaluator { get; }

    public RowEncoder Encoder { get; }

    public void Dispose() => _parameters.Dispose();
}
