using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Tensors;

/// <summary>What a model takes and gives, in the order of its graph.</summary>
public sealed class ModelSignature
{
    private readonly TensorSpec[] _inputs;
    private readonly TensorSpec[] _outputs;

    public ModelSignature(IEnumerable<TensorSpec> inputs, IEnumerable<TensorSpec> outputs)
    {
        _inputs = [.. inputs];
        _outputs = [.. outputs];
        InputNames = [.. _inputs.Select(spec => spec.Name)];
        OutputNames = [.. _outputs.Select(spec => spec.Name)];
        AllOutputs = [.. Enumerable.Range(0, _outputs.Length)];
    }

    public IReadOnlyList<TensorSpec> Inputs => _inputs;

    public IReadOnlyList<TensorSpec> Outputs => _outputs;

    internal string[] InputNames { get; }

    internal string[] OutputNames { get; }

    internal int[] AllOutputs { get; }

    /// <exception cref="PipelineException">ModelRefused: an input or output is of a type the protocol cannot carry.</exception>
    public static ModelSignature Of(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelSignature(model.Inputs.Select(Spec), model.Outputs.Select(Spec));
    }

    internal int FindInput(ReadOnlySpan<byte> utf8Name) => Find(_inputs, utf8Name);

    internal int FindOutput(ReadOnlySpan<byte> utf8Name) => Find(_outputs, utf8Name);

    internal string DescribeInputs() => string.Join("; ", _inputs.Select(spec => spec.ToString()));

    internal string DescribeOutputs() => string.Join(", ", OutputNames);

    private static int Find(TensorSpec[] specs, ReadOnlySpan<byte> utf8Name)
    {
        for (var index = 0; index < specs.Length; index++)
        {
            if (utf8Name.SequenceEqual(specs[index].Utf8Name)) return index;
        }
        return -1;
    }

    private static TensorSpec Spec(TensorInfo tensor) => new(tensor.Name, TensorDatatypes.FromOnnx(tensor.Type, tensor.Name), tensor.Shape);
}
