namespace AIaaS.Models.Preprocessing;

/// <summary>What the network's last layer means.</summary>
public abstract record ModelHead
{
    public abstract int Outputs { get; }
}

/// <summary>Served as <c>label</c> (string [N]) and <c>probabilities</c> (FP32 [N, K], in the order of the classes).</summary>
public sealed record ClassificationHead(IReadOnlyList<string> Classes) : ModelHead
{
    public override int Outputs => Classes.Count;
}

/// <summary>Served as <c>value</c> (FP32 [N, 1]); the network itself learns (value - mean) / deviation.</summary>
public sealed record RegressionHead(double Mean, double Deviation) : ModelHead
{
    public override int Outputs => 1;
}
