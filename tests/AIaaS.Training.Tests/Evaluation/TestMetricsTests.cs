using AIaaS.Models.Preprocessing;
using AIaaS.Training.Evaluation;

namespace AIaaS.Training.Tests.Evaluation;

public sealed class TestMetricsTests
{
    [Fact]
    public void Of_Classification_CountsByTruthAndGuess()
    {
        float[][] predictions = [[0.9f, 0.1f, 0], [0.2f, 0.8f, 0], [0.6f, 0.4f, 0], [0, 0, 1]];

        var metrics = TestMetrics.Of(new ClassificationHead(["a", "b", "c"]), predictions, [0, 1, 1, 2]);

        metrics.Rows.ShouldBe(4);
        metrics.Values["accuracy"].ShouldBe(0.75);
        metrics.Values["macro_f1"].ShouldBe(((2.0 / 3) + (2.0 / 3) + 1) / 3, 1e-12);
        metrics.ConfusionMatrix!.SelectMany(row => row).ShouldBe([1, 0, 0, 1, 1, 0, 0, 0, 1]);
    }

    [Fact]
    public void Of_Regression_IsInTheLabelsUnits()
    {
        var metrics = TestMetrics.Of(new RegressionHead(0, 1), [[1f], [2f], [6f]], [1, 4, 4]);

        metrics.Values["mae"].ShouldBe(4.0 / 3, 1e-12);
        metrics.Values["rmse"].ShouldBe(Math.Sqrt(8.0 / 3), 1e-12);
        metrics.Values["r2"].ShouldBe(1 - (8.0 / 6), 1e-12);
        metrics.ConfusionMatrix.ShouldBeNull();
    }

    [Fact]
    public void Of_ManyClasses_LeavesTheMatrixOut()
    {
        var classes = Enumerable.Range(0, TestMetrics.MaxMatrixClasses + 1).Select(index => $"{index}").ToArray();
        var prediction = new float[classes.Length];
        prediction[3] = 1;
        TestMetrics.Of(new ClassificationHead(classes), [prediction], [3]).ConfusionMatrix.ShouldBeNull();
    }
}
