using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Decides the types of all columns from what the first pass saw in every row.</summary>
internal sealed class SchemaInference(DatasetSource source, DatasetSidecar sidecar, IReadOnlyList<ColumnObserver> observers, long rows)
{
    /// <summary>Texts with more distinct values than this are categories only when values repeat.</summary>
    private const int FewCategories = 100;

    /// <summary>Whole-number labels with at most this many values are classes.</summary>
    private const int FewClasses = 20;

    /// <summary>… and with at most this many when there are at least twenty rows a class.</summary>
    private const int ManyClasses = 100;

    private readonly List<string> _warnings = [];

    /// <exception cref="PipelineException">DatasetSidecarInvalid, DatasetLabelMissing, DatasetLabelInvalid, DatasetSingleClass.</exception>
    public DatasetPlan Decide()
    {
        foreach (var name in sidecar.Types.Keys.Where(name => LabelChoice.IndexOf(source.Columns, name, StringComparison.Ordinal) < 0 && !source.LeftOut.Contains(name)))
            throw Invalid($"/types/{name} is no column of the data");
        var split = SplitColumn();
        var label = LabelChoice.Choose(source, sidecar);
        if (label is null) _warnings.Add($"No label was found: the data can be looked at, but not trained on. Name one with 'label:' in {DatasetSidecar.FileName}.");
        var features = new List<ColumnPlan>();
        for (var i = 0; i < observers.Count; i++)
        {
            if (i == label?.Column || i == split || sidecar.Types.GetValueOrDefault(source.Columns[i].Name) == SidecarType.Ignore && sidecar.Types.ContainsKey(source.Columns[i].Name)) continue;
            features.Add(Plan(i, TypeOf(i)));
        }
        if (features.Count == 0) throw new PipelineException(ProblemCodes.DatasetMalformed, "The data has no column besides the label.");
        return new DatasetPlan(features, label is { } chosen ? Label(chosen.Column) : null, label?.Why, split, _warnings);
    }

    private int? SplitColumn()
    {
        if (sidecar.Split.Column is not { } name) return null;
        var column = LabelChoice.IndexOf(source.Columns, name, StringComparison.Ordinal);
        return column >= 0 && !source.Columns[column].IsTensor ? column : throw Invalid($"/split/column names '{name}', which is no column of the data");
    }

    private ColumnType TypeOf(int column)
    {
        var seen = observers[column];
        if (seen.Column.IsTensor) return seen.Column.IsImage ? ColumnType.Image : ColumnType.Vector;
        if (sidecar.Types.TryGetValue(seen.Column.Name, out var declared)) return Declared(seen, declared);
        if (seen.Present == 0)
        {
            _warnings.Add($"Column '{seen.Column.Name}' holds no value.");
            return ColumnType.Text;
        }
        if (IsNumeric(seen)) return ColumnType.Number;
        return seen.Distinct.AreKnown && (seen.Distinct.Count <= FewCategories || seen.Distinct.Count * 2L <= seen.Present)
            ? ColumnType.Category
            : ColumnType.Text;
    }

    /// <summary>Numbers, but for no more other texts than rows may be rejected.</summary>
    private bool IsNumeric(ColumnObserver seen) =>
        seen.Numbers + seen.NonFinite > 0 && seen.Texts <= sidecar.RejectThreshold * seen.Present;

    private static ColumnType Declared(ColumnObserver seen, SidecarType declared)
    {
        if (declared == SidecarType.Number) return ColumnType.Number;
        if (declared == SidecarType.Text) return ColumnType.Text;
        if (seen.Distinct.AreKnown) return ColumnType.Category;
        throw new PipelineException(ProblemCodes.DatasetTooLarge,
            $"Column '{seen.Column.Name}' is declared a category, but has too many or too long values to be one.");
    }

    private ColumnPlan Plan(int column, ColumnType type)
    {
        var seen = observers[column];
        var areNumbers = type == ColumnType.Category && !sidecar.Types.ContainsKey(seen.Column.Name) && IsNumeric(seen);
        var categories = type == ColumnType.Category ? Categories(seen, areNumbers) : [];
        var distinct = seen.Distinct.AreKnown && !seen.Column.IsTensor ? (long?)(type == ColumnType.Category ? categories.Count : seen.Distinct.Count) : null;
        return new ColumnPlan(column, new ColumnSchema(seen.Column.Name, type, categories, seen.Column.Shape), areNumbers, seen.Min, seen.Max, distinct);
    }

    private static IReadOnlyList<string> Categories(ColumnObserver seen, bool areNumbers)
    {
        if (areNumbers)
        {
            var numbers = new SortedSet<double>();
            foreach (var (text, _) in seen.Distinct.Values())
            {
                if (FastNumber.TryParse(text, out var number) && double.IsFinite(number)) numbers.Add(number == 0 ? 0 : number);
            }
            return [.. numbers.Select(number => NumberText.Write(number, stackalloc char[NumberText.MaxLength]).ToString())];
        }
        var texts = seen.Distinct.Values().Select(value => value.Key).ToList();
        // Numeric order where all are numbers, so that class 10 does not come before class 2.
        return texts.TrueForAll(text => FastNumber.TryParse(text, out var number) && double.IsFinite(number))
            ? [.. texts.OrderBy(Number).ThenBy(text => text, StringComparer.Ordinal)]
            : [.. texts.Order(StringComparer.Ordinal)];
    }

    private static double Number(string text) => FastNumber.TryParse(text, out var number) ? number : double.NaN;

    private ColumnPlan Label(int column)
    {
        var seen = observers[column];
        var name = seen.Column.Name;
        if (seen.Present == 0) throw Unusable($"The label column '{name}' holds no value.");
        var declared = sidecar.Types.TryGetValue(name, out var type) ? type : (SidecarType?)null;
        if (declared is SidecarType.Text or SidecarType.Ignore) throw Unusable($"The label column '{name}' is declared {declared.ToString()!.ToLowerInvariant()}; a label is a number or a category.");
        var isNumeric = declared == SidecarType.Number || (declared is null && IsNumeric(seen));
        var isClassification = sidecar.Task == SidecarTask.Classification || (sidecar.Task is null && (declared == SidecarType.Category || !isNumeric || LooksLikeClasses(seen)));
        if (!isClassification)
        {
            if (!isNumeric) throw Unusable($"The label column '{name}' holds texts; task: regression needs numbers.");
            return Plan(column, ColumnType.Number);
        }
        if (!seen.Distinct.AreKnown)
            throw Unusable($"The label column '{name}' has too many distinct values to be classes; name another label, or say 'task: regression' in {DatasetSidecar.FileName}.");
        var plan = Plan(column, ColumnType.Category);
        return plan.Schema.Categories.Count > 1 ? plan : throw SingleClass(name);
    }

    private bool LooksLikeClasses(ColumnObserver seen) => seen.IsWhole && seen.Distinct.AreKnown
        && (seen.Distinct.Count <= FewClasses || (seen.Distinct.Count <= ManyClasses && rows >= 20L * seen.Distinct.Count));

    internal static PipelineException SingleClass(string name) => new(ProblemCodes.DatasetSingleClass,
        $"All rows have the same label in column '{name}'; there is nothing to learn. Check the data, or name another label in {DatasetSidecar.FileName}.");

    private static PipelineException Unusable(string detail) => new(ProblemCodes.DatasetLabelInvalid, detail);

    private static PipelineException Invalid(string detail) => new(ProblemCodes.DatasetSidecarInvalid, $"{DatasetSidecar.FileName}: {detail}.");
}
