using System.Buffers;
using System.Text.Json;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Batch;

/// <summary>One attempt at a batch: rows in, predictions and rejects out.</summary>
internal sealed class BatchRun : IDisposable
{
    private readonly StorageAccount _storage;
    private readonly LoadedModel _model;
    private readonly BatchRows _rows;
    private readonly BatchResult _result;
    private readonly StagedBlob _predictions;
    private readonly StagedBlob _rejects;
    private readonly PredictionLines _lines = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, BatchJson.LineOptions);

    public BatchRun(StorageAccount storage, OperationRecord operation, LoadedModel model, IReadOnlyList<InputColumn> inputs)
    {
        _storage = storage;
        _model = model;
        _rows = new BatchRows(inputs);
        _result = BatchResult.Of(operation.Input);
        var attempt = $"{operation.Id}/{operation.Attempt}";
        _predictions = new StagedBlob(BatchResult.Blob(storage, _result.Predictions), attempt);
        _rejects = new StagedBlob(BatchResult.Blob(storage, _result.Rejects), attempt);
    }

    public long Predicted { get; private set; }

    public long Rejected { get; private set; }

    /// <returns>True when the model was run.</returns>
    public async Task<bool> AddAsync(RowReader row, CancellationToken cancellationToken)
    {
        if (_rows.Add(row) is { } reason) Reject(row.Line, reason);
        if (!_rows.IsFull) return false;
        await RunAsync(cancellationToken);
        return true;
    }

    /// <summary>The rejects first: whoever sees predictions sees what they lack.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0) await RunAsync(cancellationToken);
        if (Rejected > 0) await _rejects.CommitAsync("application/jsonl", cancellationToken);
        else await BatchResult.ForgetAsync(_storage, _result.Rejects, cancellationToken);
        await _predictions.CommitAsync("application/jsonl", cancellationToken);
        await BatchResult.ForgetAsync(_storage, _result.Failure, cancellationToken);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _lines.Dispose();
        _json.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!TryPredict(0, _rows.Count, out _))
        {
            // One bad row must not take the others with it.
            for (var index = 0; index < _rows.Count; index++)
            {
                if (!TryPredict(index, 1, out var reason)) Reject(_rows.Lines[index], reason);
            }
        }
        _rows.Clear();
        await _predictions.FlushAsync(cancellationToken);
        await _rejects.FlushAsync(cancellationToken);
    }

    private bool TryPredict(int start, int count, out string reason)
    {
        reason = "";
        try
        {
            using var outputs = _rows.Run(_model, start, count);
            _lines.Write(_predictions.Writer, outputs, _model.Signature.Outputs, _rows.Lines.Slice(start, count));
            Predicted += count;
            return true;
        }
        catch (PipelineException exception) when (exception.Code == ProblemCodes.TensorInvalid)
        {
            reason = exception.Message;
            return false;
        }
    }

    private void Reject(long line, string reason)
    {
        _json.Reset(_rejects.Writer);
        JsonSerializer.Serialize(_json, new RejectedRow(line, reason), BatchJson.Default.RejectedRow);
        _json.Flush();
        _rejects.Writer.Write("\n"u8);
        Rejected++;
    }
}
