using AIaaS.Models.Onnx.Export;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Data;
using AIaaS.Training.Export;
using AIaaS.Training.Tests.Data;
using AIaaS.Training.Tests.Learning;

namespace AIaaS.Training.Tests.Export;

/// <summary>The exported graph, fed raw rows, against TorchSharp on rows it preprocessed itself.</summary>
public sealed class ModelExporterTests
{
    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Export_TrainedOnDigits_AnswersLikeTorch(string family)
    {
        using var setup = TrainerSetup.OnDigits(family);
        setup.Run();
        var exported = Export(setup, Digits.Rows(600, 20));
        exported.VerifiedRows.ShouldBe(200);
        exported.Folded.ShouldBeTrue();
        exported.LatencyMicroseconds.ShouldBePositive();
    }

    [Theory]
    [InlineData("linear", false)]
    [InlineData("mlp", false)]
    [InlineData("linear", true)]
    [InlineData("mlp", true)]
    public void Export_TrainedOnAllColumnTypes_AnswersLikeTorch(string family, bool regression)
    {
        using var setup = TrainerSetup.OnTable(family, regression);
        setup.Run();
        Export(setup, Tables.Rows(150, seed: 3, regression)).VerifiedRows.ShouldBe(150);
    }

    [Fact]
    public void Export_SameTrainingTwice_GivesTheSameBytes()
    {
        using var one = TrainerSetup.OnDigits("mlp", perClass: 10);
        using var two = TrainerSetup.OnDigits("mlp", perClass: 10);
        one.Run();
        two.Run();
        Export(one, Digits.Rows(600, 2)).File.ShouldBe(Export(two, Digits.Rows(600, 2)).File);
    }

    [Fact]
    public void Export_AnswersThatAreNotTheNetworks_IsRefused()
    {
        using var setup = TrainerSetup.OnDigits("linear", perClass: 5);
        var rows = Digits.Rows(600, 1).Head(10);
        var wrong = Predictions(setup, rows).Select(row => row.Select(value => value + 1e-3f).ToArray()).ToArray();

        Should.Throw<PipelineException>(() => new ModelExporter(TimeProvider.System).Export(Network(setup), rows, wrong)).Code.ShouldBe(ProblemCodes.TrainingFailed);
    }

    private static ExportedModel Export(TrainerSetup setup, RawRows rows)
    {
        var head = rows.Head(rows.Count);
        return new ModelExporter(TimeProvider.System).Export(Network(setup), head, Predictions(setup, head));
    }

    private static IReadOnlyList<float[]> Predictions(TrainerSetup setup, RawChunk rows)
    {
        using var features = setup.Encoder.Features(rows);
        return setup.Trainer.Finish(CancellationToken.None).Predict(features, CancellationToken.None);
    }

    private static TrainedNetwork Network(TrainerSetup setup) =>
        new(setup.Layout, setup.Plan, setup.Trainer.FinalWeights(), setup.Head, new Dictionary<string, string> { ["family"] = setup.Plan.Family });
}
