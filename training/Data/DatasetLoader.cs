using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using Apache.Arrow;

namespace AIaaS.Training.Data;

/// <summary>Reads a dataset into memory, each row into its split.</summary>
internal sealed class DatasetLoader(DatasetSchema schema, TrainingJob job, TrainingLimits limits)
{
    /// <summary>Of the rows that test_size leaves, the share that is for validation.</summary>
    private const double ValidationShare = 0.1;

    private readonly ColumnSchema[] _features = [.. schema.Features.Where(column => column.Type != ColumnType.Text)];
    private readonly ColumnSchema _label = Label(schema, job);
    private readonly StratifiedSplit? _split = job.TestSize is { } test
        ? new StratifiedSplit(new SplitShares((1 - test) * (1 - ValidationShare), (1 - test) * ValidationShare, test), job.Training.Seed)
        : null;

    /// <exception cref="PipelineException">TrainingFailed: nothing to learn from; DatasetTooLarge: more than <see cref="TrainingLimits.FeatureBytes"/>.</exception>
    public async Task<RawDataset> LoadAsync(IAsyncEnumerable<RecordBatch> shards, CancellationToken cancellationToken)
    {
        if (_features.Length == 0)
            throw new PipelineException(ProblemCodes.TrainingFailed, "The dataset has no feature that a model can use: free text is not one yet.");
        RawRows[] splits = [new(), new(), new()];
        await foreach (var batch in shards.WithCancellation(cancellationToken))
        {
            using (batch)
            {
                Scatter(batch, splits);
            }
            CheckSize(splits.Sum(split => (long)split.Count));
        }
        if (splits[0].Count == 0)
            throw new PipelineException(ProblemCodes.TrainingFailed, "No row of the dataset is in the training split. Give the job a smaller test_size, or the dataset more rows.");
        return new RawDataset(_features, splits[0], splits[1], splits[2]);
    }

    private void Scatter(RecordBatch batch, RawRows[] splits)
    {
        var labels = Labels(batch.Column(_label.Name));
        var given = (UInt8Array)batch.Column("$split");
        var rows = new List<int>[] { [], [], [] };
        for (var i = 0; i < batch.Length; i++)
        {
            if (double.IsNaN(labels[i])) continue; // a row without a label teaches nothing
            var split = _split?.Next(_label.Type == ColumnType.Category ? (int)labels[i] : 0) ?? (DatasetSplit)(given.GetValue(i) ?? 0);
            rows[(int)split].Add(i);
        }
        for (var split = 0; split < splits.Length; split++)
        {
            var chosen = rows[split].ToArray();
            if (chosen.Length == 0) continue;
            splits[split].Add(new RawChunk(
                chosen.Length,
                [.. _features.Select(feature => ColumnReader.Read(feature, batch.Column(feature.Name), chosen))],
                [.. chosen.Select(row => labels[row])]));
        }
    }

    private double[] Labels(IArrowArray column) => _label.Type == ColumnType.Category
        ? [.. ((Int32Array)column).Select(index => index ?? double.NaN)]
        : [.. ((DoubleArray)column).Select(value => value ?? double.NaN)];

    private void CheckSize(long rows)
    {
        var width = _features.Sum(column => column.Type switch
        {
            ColumnType.Category => column.Categories.Count,
            ColumnType.Number => 1L,
            _ => column.Shape.Aggregate(1L, (product, size) => product * size),
        });
        if (rows * width * sizeof(float) > limits.FeatureBytes)
            throw new PipelineException(ProblemCodes.DatasetTooLarge,
                $"Training keeps the dataset in memory: more than {rows} rows of {width} values pass the limit of {limits.FeatureBytes >> 20} MiB. Take fewer rows or columns, or smaller images.");
    }

    private static ColumnSchema Label(DatasetSchema schema, TrainingJob job)
    {
        var wanted = job.Task == TrainingTask.Classification ? ColumnType.Category : ColumnType.Number;
        if (schema.Label is { } label && label.Type == wanted) return label;
        throw new PipelineException(ProblemCodes.TrainingFailed, schema.Label is null
            ? "The dataset has no label column."
            : $"The label column '{schema.Label.Name}' is of type {schema.Label.Type}, which does not fit the task {job.Task}.");
    }
}
