using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Datasets.Sidecar;
using AIaaS.Pipeline.Problems;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Datasets.Sidecar;

public sealed class SidecarParserTests
{
    private static DatasetSidecar Parse(string yaml) => SidecarParser.Parse(Encoding.UTF8.GetBytes(yaml), DatasetLimits.Default);

    [Fact]
    public void Parse_EveryKey_IsUnderstood()
    {
        var sidecar = Parse("""
            files: [a.csv, b.csv]
            label: income
            task: regression
            types: {zip: category, id: ignore}
            split: {train: 0.7, validation: 0.1, test: 0.2, seed: 5}
            header: false
            missing: [NA, "?"]
            licence: CC0
            description: some text
            reject_threshold: 0.2
            image: {width: 3, height: 4, channels: 1}
            """);
        sidecar.Files.ShouldBe(["a.csv", "b.csv"]);
        sidecar.Label.ShouldBe("income");
        sidecar.Task.ShouldBe(SidecarTask.Regression);
        sidecar.Types["id"].ShouldBe(SidecarType.Ignore);
        sidecar.Split.Shares.ShouldBe(new SplitShares(0.7, 0.1, 0.2));
        sidecar.Split.Seed.ShouldBe(5);
        sidecar.Header.ShouldBe(false);
        sidecar.Missing.ShouldBe(["NA", "?"]);
        sidecar.RejectThreshold.ShouldBe(0.2);
        sidecar.Image.ShouldBe(new SidecarImage(3, 4, 1));
    }

    [Fact]
    public void Parse_SplitByFiles_KnowsThePartOfEach() =>
        Parse("split: {train: [a.csv], test: [b.csv]}").Split.Files.ShouldBe(new Dictionary<string, DatasetSplit> { ["a.csv"] = DatasetSplit.Train, ["b.csv"] = DatasetSplit.Test });

    [Theory]
    [InlineData("labels: x", "/labels")]
    [InlineData("task: guess", "/task")]
    [InlineData("types: {a: int}", "/types/a")]
    [InlineData("split: {train: 0.9, test: 0.9}", "/split")]
    [InlineData("split: {column: a, train: 0.5}", "/split")]
    [InlineData("files: [../a]", "/files")]
    [InlineData("files: a.csv", "/files")]
    [InlineData("header: maybe", "/header")]
    [InlineData("reject_threshold: 2", "/reject_threshold")]
    [InlineData("image: {width: 0, height: 2}", "/image")]
    [InlineData("- a", "mapping")]
    [InlineData("a: *b", "aliases")]
    [InlineData("label: &a x", "anchors")]
    [InlineData("label: [", "not valid YAML")]
    [InlineData("a: [[[[[[[[[]]]]]]]]]", "deeper")]
    public void Parse_Fault_IsNamedWithItsPlace(string yaml, string place)
    {
        var problem = Should.Throw<PipelineException>(() => Parse(yaml));
        problem.Code.ShouldBe(ProblemCodes.DatasetSidecarInvalid);
        problem.Message.ShouldContain(place);
    }

    [Fact]
    public void Parse_SixtyThousandBrackets_EndsInATypedError() =>
        Should.Throw<PipelineException>(() => Parse("label: " + new string('[', 60_000))).Code.ShouldBe(ProblemCodes.DatasetSidecarInvalid);

    [Property(MaxTest = 300)]
    public void Parse_AnyBytes_ThrowNothingButTypedErrors(byte[] bytes)
    {
        try
        {
            SidecarParser.Parse(bytes, DatasetLimits.Default);
        }
        catch (PipelineException problem)
        {
            problem.Code.ShouldBe(ProblemCodes.DatasetSidecarInvalid);
        }
    }
}
