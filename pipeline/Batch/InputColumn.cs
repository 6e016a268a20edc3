using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Batch;

/// <summary>One input of the model, filled from columns of a file row by row.</summary>
internal abstract class InputColumn(TensorSpec spec) : IDisposable
{
    public TensorSpec Spec { get; } = spec;

    /// <summary>Bytes that one row takes here.</summary>
    public abstract int RowBytes { get; }

    /// <summary>Makes room, once.</summary>
    public abstract void Allocate(int rows);

    /// <returns>Why the row cannot be used; null when it can.</returns>
    public abstract string? Set(RowReader row, int index);

    /// <summary>A tensor of <paramref name="count"/> rows from <paramref name="start"/>; to be disposed before the rows change.</summary>
    public abstract OrtValue ToTensor(int start, int count);

    public abstract void Dispose();
}
