using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>The TensorInvalid errors. They name tensors of the model, shapes and positions, never values.</summary>
internal static class TensorFault
{
    public static PipelineException Of(string detail) => new(ProblemCodes.TensorInvalid, detail);

    public static PipelineException Of(TensorSpec spec, string detail) => Of($"Input '{spec.Name}': {detail}. The model takes {spec}.");
}
