using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Inference;
using AIaaS.Pipeline.Inference.Serving;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Batch;

/// <summary>The rows gathered for one run of the model.</summary>
internal sealed class BatchRows : IDisposable
{
    private readonly IReadOnlyList<InputColumn> _inputs;
    private readonly long[] _lines;

    public BatchRows(IReadOnlyList<InputColumn> inputs)
    {
        _inputs = inputs;
        _lines = new long[BatchColumns.RowsPerRun(inputs)];
        foreach (var input in inputs) input.Allocate(_lines.Length);
    }

    public int Count { get; private set; }

    public bool IsFull => Count == _lines.Length;

    /// <summary>Where each row is in the file.</summary>
    public ReadOnlySpan<long> Lines => _lines.AsSpan(0, Count);

    /// <returns>Why the row cannot be used; null when it was taken.</returns>
    public string? Add(RowReader row)
    {
        if (row.Fault is { } fault) return fault;
        foreach (var input in _inputs)
        {
            if (input.Set(row, Count) is { } reason) return reason;
        }
        _lines[Count++] = row.Line;
        return null;
    }

    public void Clear() => Count = 0;

    /// <summary>Runs the model on some of the rows.</summary>
    /// <exception cref="Problems.PipelineException">TensorInvalid, ModelUnavailable.</exception>
    public OnnxOutputs Run(LoadedModel model, int start, int count)
    {
        var tensors = new List<OrtValue>(_inputs.Count);
        try
        {
            foreach (var input in _inputs) tensors.Add(input.ToTensor(start, count));
            return InferenceEngine.Run(model, tensors, model.Signature.OutputNames);
        }
        finally
        {
            foreach (var tensor in tensors) tensor.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var input in _inputs) input.Dispose();
    }
}
