using AIaaS.Pipeline.Datasets.Columns;
using AIaaS.Pipeline.Datasets.Rejects;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Ingestion;

/// <summary>Reads every row once to learn what the columns are.</summary>
internal static class FirstPass
{
    /// <exception cref="PipelineException">DatasetEmpty, DatasetRejected, DatasetTooLarge, or what reading a file throws.</exception>
    public static async Task<DatasetPlan> RunAsync(DatasetSource source, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var budget = new DistinctBudget(limits.MaxDistinctChars);
        var observers = source.Columns.Select(column => new ColumnObserver(column, budget, limits)).ToArray();
        var missing = new MissingTexts(sidecar.Missing);
        var rejects = new RejectLog(limits, sidecar.RejectThreshold);
        long rows = 0;
        foreach (var part in source.Parts)
        {
            await using var reader = await part.OpenAsync(true, cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (++rows > limits.MaxRows) throw new PipelineException(ProblemCodes.DatasetTooLarge, $"The dataset has more than {limits.MaxRows} rows.");
                if (reader.Fault is { } fault) rejects.Add(reader.Place, reader.Line, fault);
                else Observe(reader, observers, missing);
            }
        }
        if (rows == 0) throw new PipelineException(ProblemCodes.DatasetEmpty, $"{source.Parts[0].File} holds no rows.");
        rejects.Check(rows);
        return new SchemaInference(source, sidecar, observers, rows).Decide();
    }

    private static void Observe(RowReader reader, ColumnObserver[] observers, MissingTexts missing)
    {
        for (var i = 0; i < observers.Length; i++)
        {
            if (observers[i].Column.IsImage) continue;
            observers[i].Observe(missing.Apply(reader[i]));
        }
    }
}
