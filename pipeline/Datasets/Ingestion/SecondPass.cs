using AIaaS.Pipeline.Datasets.Columns;
using AIaaS.Pipeline.Datasets.Rejects;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Datasets.Shards;
using AIaaS.Pipeline.Datasets.Split;
using AIaaS.Pipeline.Datasets.Statistics;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Ingestion;

/// <summary>Reads every row again and writes it: checked against the schema, given its part, counted, and put into shards.</summary>
internal sealed class SecondPass
{
    private readonly DatasetSource _source;
    private readonly DatasetPlan _plan;
    private readonly MissingTexts _missing;
    private readonly SplitAssigner _splits;
    private readonly LabelTally _tally;
    private readonly DuplicateRows _duplicates;

    public SecondPass(DatasetSource source, DatasetPlan plan, DatasetSidecar sidecar, DatasetLimits limits)
    {
        _source = source;
        _plan = plan;
        _missing = new MissingTexts(sidecar.Missing);
        _splits = new SplitAssigner(sidecar, source);
        Rejects = new RejectLog(limits, sidecar.RejectThreshold);
        Features = [.. plan.Features.Select(feature => ColumnWriter.For(feature, limits))];
        Label = plan.Label is { } label ? ColumnWriter.For(label, limits) : null;
        Columns = Label is null ? Features : [.. Features, Label];
        _tally = new LabelTally(Features, Label);
        _duplicates = new DuplicateRows(limits.ExactDuplicateRows);
    }

    public IReadOnlyList<ColumnWriter> Features { get; }

    public ColumnWriter? Label { get; }

    /// <summary>Features, then the label.</summary>
    public IReadOnlyList<ColumnWriter> Columns { get; }

    public RejectLog Rejects { get; }

    /// <summary>Accepted rows.</summary>
    public long Rows { get; private set; }

    public LabelTally Tally => _tally;

    public DuplicateReport Duplicates => _duplicates.Report();

    public string SplitHow => _splits.How;

    /// <exception cref="PipelineException">DatasetRejected, DatasetSingleClass, or what reading and writing throw.</exception>
    public async Task RunAsync(ShardWriter shards, CancellationToken cancellationToken)
    {
        foreach (var part in _source.Parts)
        {
            await using var reader = await part.OpenAsync(false, cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if ((reader.Fault ?? Stage(reader)) is { } fault)
                {
                    Rejects.Add(reader.Place, reader.Line, fault);
                    continue;
                }
                var (split, noSplit) = Assign(part, reader);
                if (noSplit is not null)
                {
                    Rejects.Add(reader.Place, reader.Line, noSplit);
                    continue;
                }
                Commit(reader, split);
                await shards.AddRowAsync(split, cancellationToken);
            }
        }
        Rejects.Check(Rows + Rejects.Rows);
        if (Rows == 0) throw new PipelineException(ProblemCodes.DatasetEmpty, "No row was accepted.");
        _tally.CheckClasses();
    }

    private string? Stage(RowReader reader)
    {
        foreach (var column in Columns)
        {
            if (column.Stage(_missing.Apply(reader[column.Plan.Source])) is { } fault) return fault;
        }
        return Label is not null && double.IsNaN(Label.StagedKey) ? $"column '{Label.Plan.Schema.Name}': the label is missing" : null;
    }

    private (DatasetSplit Split, string? Fault) Assign(SourcePart part, RowReader reader)
    {
        var column = _plan.SplitColumn is { } index ? reader[index] : Cell.Missing;
        return _splits.Assign(part.File, reader.Split, column, (Label as CategoryColumn)?.StagedIndex ?? 0);
    }

    private void Commit(RowReader reader, DatasetSplit split)
    {
        Rows++;
        _tally.Add(split);
        _duplicates.Add(reader.Hash());
        foreach (var column in Columns) column.Commit();
    }
}
