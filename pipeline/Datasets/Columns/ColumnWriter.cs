using AIaaS.Pipeline.Datasets.Rows;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Turns the cells of one column into Arrow arrays and statistics. A row is staged in all columns before it is committed in any.</summary>
internal abstract class ColumnWriter(ColumnPlan plan)
{
    public ColumnPlan Plan { get; } = plan;

    public abstract IArrowType Type { get; }

    /// <summary>Bytes held for the shard under way.</summary>
    public abstract int Bytes { get; }

    /// <summary>The staged value as a number (a category's index): NaN when it is missing or no scalar.</summary>
    public virtual double StagedKey => double.NaN;

    protected long Count { get; set; }

    protected long Missing { get; set; }

    /// <returns>Why the row cannot be taken, or null. Staging again replaces what was staged.</returns>
    public abstract string? Stage(in Cell cell);

    public abstract void Commit();

    public abstract IArrowArray Build();

    public abstract void Clear();

    public abstract ColumnReport Report();

    protected ColumnReport Report(long? distinct, NumberReport? numbers, IReadOnlyList<TopValue> top) =>
        new(Plan.Schema.Name, Plan.Schema.Type, Plan.Schema.Shape, Count, Missing, distinct, numbers, top);

    public static ColumnWriter For(ColumnPlan plan, DatasetLimits limits) => plan.Schema.Type switch
    {
        ColumnType.Number => new NumberColumn(plan),
        ColumnType.Category => new CategoryColumn(plan),
        ColumnType.Text => new TextColumn(plan, limits),
        ColumnType.Image => new ImageColumn(plan),
        _ => new VectorColumn(plan),
    };
}
