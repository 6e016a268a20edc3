using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Tests.Jobs;

public sealed class JobFitTests
{
    private static readonly ColumnSchema Number = new("height", ColumnType.Number, [], []);
    private static readonly ColumnSchema Text = new("note", ColumnType.Text, [], []);
    private static readonly ColumnSchema Image = new("image", ColumnType.Image, [], [28, 28, 1]);
    private static readonly ColumnSchema Digit = new("label", ColumnType.Category, ["0", "1", "2"], []);
    private static readonly ColumnSchema Price = new("price", ColumnType.Number, [], []);

    [Fact]
    public void Check_JobThatFits_Passes()
    {
        Faults("task: classification\nfamily: mlp\n", [Number, Text], Digit).ShouldBeEmpty();
        Faults("task: classification\nfamily: {name: cnn, channels: [8, 8, 8, 8]}\ntest_size: 0.1\n", [Image], Digit).ShouldBeEmpty();
        Faults("task: regression\nfamily: linear\n", [Number], Price).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("task: regression\nfamily: mlp\n", "/task")]
    [InlineData("task: classification\nfamily: cnn\n", "/family/name")]
    [InlineData("task: classification\nfamily: mlp\ntest_size: 0.01\n", "/test_size", 200)]
    [InlineData("task: classification\nfamily: mlp\ntest_size: 0.5\n", "/test_size", 6)]
    public void Check_TableJobThatDoesNotFit_PointsAtWhatToChange(string job, string pointer, int rows = 1000) =>
        Faults(job, [Number], Digit, rows).Select(fault => fault.Pointer).ShouldBe([pointer]);

    [Fact]
    public void Check_RegressionLabelForClassification_PointsAtTask() =>
        Faults("task: classification\nfamily: mlp\n", [Number], Price).Single().Pointer.ShouldBe("/task");

    [Fact]
    public void Check_BlocksThatHalveTheImageToNothing_PointsAtChannels()
    {
        var fault = Faults("task: classification\nfamily: {name: cnn, channels: [8, 8, 8, 8, 8]}\n", [Image], Digit).Single();
        fault.Pointer.ShouldBe("/family/channels");
        fault.Detail.ShouldContain("at most 4");
    }

    [Theory]
    [InlineData("family: mlp\n", null)]
    [InlineData("family: linear\n", null)]
    [InlineData("family: {name: cnn, channels: [16], hidden: [100]}\n", null)]
    [InlineData("family: {name: cnn, channels: [8, 16], hidden: [32]}\n", null)]
    [InlineData("family: {name: mlp, hidden: [4096, 4096]}\n", "/family/hidden")]
    [InlineData("family: {name: cnn, channels: [512], hidden: [64]}\n", "/family/channels")]
    [InlineData("family: {name: cnn, channels: [64, 128], hidden: []}\n", "/family/channels")]
    public void Check_ForEncryptedInference_RefusesWhatIsTooLargeByItself(string family, string? pointer)
    {
        var faults = Faults($"task: classification\n{family}privacy: {{inference: ckks}}\n", [Image], Digit);
        faults.Select(fault => fault.Pointer).ShouldBe(pointer is null ? [] : [pointer]);
        if (pointer is null) return;
        faults[0].Detail.ShouldContain("128-bit");
        faults[0].Detail.ShouldContain("Take fewer");
    }

    [Fact]
    public void Check_ForEncryptedInferenceOnATable_PointsAtPrivacy() =>
        Faults("task: classification\nfamily: mlp\nprivacy: {inference: ckks}\n", [Number], Digit).Single().Pointer.ShouldBe("/privacy/inference");

    [Fact]
    public void Check_WithoutLabelOrFeatures_NamesBoth() =>
        Faults("task: classification\nfamily: mlp\n", [Text], label: null).Select(fault => fault.Pointer).ShouldBe(["/dataset", "/dataset"]);

    [Fact]
    public void Check_SplitWithoutTestRows_AsksForATestSize() =>
        Faults("task: classification\nfamily: mlp\n", [Number], Digit, testRows: 0).Single().Pointer.ShouldBe("/test_size");

    private static IReadOnlyList<ProblemItem> Faults(string job, ColumnSchema[] features, ColumnSchema? label, int rows = 1000, int testRows = 100)
    {
        var spec = JobFile.Parse(System.Text.Encoding.UTF8.GetBytes("dataset: d\n" + job));
        var report = new DatasetReport("d", "v", "x", "csv", [], rows, new RejectReport(0, 0, []), new DuplicateReport(0, Exact: true, 0), null,
            new SplitReport("seed", rows - testRows, 0, testRows), [], [], null, null);
        try
        {
            JobFit.Check(spec, new DatasetSchema(features, label), report);
            return [];
        }
        catch (PipelineException exception)
        {
            exception.Code.ShouldBe(ProblemCodes.JobInvalid);
            return exception.Items;
        }
    }
}
