using AIaaS.Models.Preprocessing;

namespace AIaaS.Training.Evaluation;

/// <summary>The final evaluation, on rows the training never saw.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Values">accuracy, macro_f1 (classification) or mae, rmse, r2 (regression, in the label's units).</param>
/// <param name="ConfusionMatrix">Rows: true class, columns: predicted class, both in the order of the classes. Null for regression and for more than <see cref="MaxMatrixClasses"/> classes.</param>
internal sealed record TestMetrics(int Rows, IReadOnlyDictionary<string, double> Values, IReadOnlyList<int[]>? ConfusionMatrix)
{
    public const int MaxMatrixClasses = 200;

    /// <param name="head">What the predictions mean.</param>
    /// <param name="predictions">One array a row.</param>
    /// <param name="labels">Class indices or values, one a row; at least one.</param>
    public static TestMetrics Of(ModelHead head, IReadOnlyList<float[]> predictions, IReadOnlyList<double> labels) => head is ClassificationHead classes
        ? Classification(classes.Classes.Count, [.. predictions.Select(row => Array.IndexOf(row, row.Max()))], labels)
        : Regression([.. predictions.Select(row => (double)row[0])], labels);

    private static TestMetrics Classification(int classes, int[] predicted, IReadOnlyList<double> labels)
    {
        int[] truths = new int[classes], guesses = new int[classes], hits = new int[classes];
        var matrix = classes <= MaxMatrixClasses ? Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray() : null;
        for (var i = 0; i < predicted.Length; i++)
        {
            var truth = (int)labels[i];
            truths[truth]++;
            guesses[predicted[i]]++;
            if (truth == predicted[i]) hits[truth]++;
            if (matrix is not null) matrix[truth][predicted[i]]++;
        }
        // F1 = 2·hits / (truths + guesses); the mean is over the classes that occur.
        var f1 = Enumerable.Range(0, classes).Where(index => truths[index] > 0).Average(index => 2.0 * hits[index] / (truths[index] + guesses[index]));
        return new TestMetrics(predicted.Length, Named(("accuracy", (double)hits.Sum() / predicted.Length), ("macro_f1", f1)), matrix);
    }

    private static TestMetrics Regression(double[] predicted, IReadOnlyList<double> labels)
    {
        double absolute = 0, squared = 0, spread = 0, mean = labels.Average();
        for (var i = 0; i < predicted.Length; i++)
        {
            absolute += Math.Abs(predicted[i] - labels[i]);
            squared += Math.Pow(predicted[i] - labels[i], 2);
            spread += Math.Pow(labels[i] - mean, 2);
        }
        var rows = predicted.Length;
        return new TestMetrics(rows,
            Named(("mae", absolute / rows), ("rmse", Math.Sqrt(squared / rows)), ("r2", spread > 0 ? 1 - (squared / spread) : 0)), ConfusionMatrix: null);
    }

    private static SortedDictionary<string, double> Named(params (string Name, double Value)[] values) =>
        new(values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal), StringComparer.Ordinal);
}
