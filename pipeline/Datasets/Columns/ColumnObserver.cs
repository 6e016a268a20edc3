using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>What the first pass learns about a column.</summary>
internal sealed class ColumnObserver(SourceColumn column, DistinctBudget budget, DatasetLimits limits)
{
    private long _fractions;

    public SourceColumn Column { get; } = column;

    public DistinctValues Distinct { get; } = new(budget, limits);

    /// <summary>Finite numbers.</summary>
    public long Numbers { get; private set; }

    /// <summary>Spelt like numbers, but infinite or NaN.</summary>
    public long NonFinite { get; private set; }

    /// <summary>Texts that are no numbers.</summary>
    public long Texts { get; private set; }

    public long Present => Numbers + NonFinite + Texts;

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether every number is whole.</summary>
    public bool IsWhole => _fractions == 0;

    public void Observe(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Untyped:
                var isNumber = FastNumber.TryParse(cell.Text, out var value);
                if (isNumber) AddNumber(value);
                else Texts++;
                Distinct.Add(cell.Text, Texts == 0);
                break;
            case CellKind.Text:
                Texts++;
                Distinct.Add(cell.Text, onlyNumbers: false);
                break;
            case CellKind.Number:
                AddNumber(cell.Number);
                if (Distinct.AreKnown) Distinct.Add(NumberText.Write(cell.Number, stackalloc char[NumberText.MaxLength]), Texts == 0);
                break;
            case CellKind.Vector:
                foreach (var element in cell.Vector) Extend(element);
                break;
        }
    }

    private void AddNumber(double value)
    {
        if (!double.IsFinite(value))
        {
            NonFinite++;
            return;
        }
        Numbers++;
        if (value != Math.Floor(value)) _fractions++;
        Extend(value);
    }

    private void Extend(double value)
    {
        if (value < Min && double.IsFinite(value)) Min = value;
        if (value > Max && double.IsFinite(value)) Max = value;
    }
}
