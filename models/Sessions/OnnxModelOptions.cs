using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Models.Sessions;

/// <summary>How a model is run.</summary>
public sealed record OnnxModelOptions
{
    public static OnnxModelOptions Default { get; } = new();

    /// <summary>Threads inside one run. 1 by default: a server runs many requests at once, and small models only lose by more.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Rewriting at load.</summary>
    public GraphOptimizationLevel Optimization { get; init; } = GraphOptimizationLevel.ORT_ENABLE_ALL;
}
