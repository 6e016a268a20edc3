using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Data;
using AIaaS.Training.Tests.Learning;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AIaaS.Training.Tests.Data;

public sealed class DatasetLoaderTests
{
    private static readonly DatasetSchema Schema = new(
        [new ColumnSchema("note", ColumnType.Text, [], []), .. Tables.Features.Where(feature => feature.Type != ColumnType.Vector)], Tables.Class);

    [Fact]
    public async Task LoadAsync_StoredSplit_PutsRowsWhereTheyBelong()
    {
        var data = await Loader(Job(testSize: null)).LoadAsync(Shards(), CancellationToken.None);

        data.Features.Select(feature => feature.Name).ShouldBe(["colour", "income", "age"]);
        data.Train.Count.ShouldBe(4);
        data.Validation.Count.ShouldBe(2);
        data.Test.Count.ShouldBe(1);
        data.Train.Labels.ShouldBe([0, 0, 0, 0]);
        ((CategoryValues)data.Train.Chunks[0].Columns[0]).Values.ShouldBe([0, -1]);
        ((NumberValues)data.Train.Chunks[0].Columns[1]).Values.ShouldBe([100, double.NaN]);
        ((NumberValues)data.Test.Chunks[0].Columns[2]).Values.ShouldBe([3]);
    }

    [Fact]
    public async Task LoadAsync_TestSize_SplitsAnewByClass()
    {
        var data = await Loader(Job(testSize: 0.5)).LoadAsync(Shards(20), CancellationToken.None);

        (data.Train.Count + data.Validation.Count + data.Test.Count).ShouldBe(70);
        data.Test.Labels.Count(label => label == 0).ShouldBe(20);
    }

    [Fact]
    public async Task LoadAsync_PastTheMemoryLimit_SaysSo()
    {
        var loader = new DatasetLoader(Schema, Job(testSize: null), new TrainingLimits { FeatureBytes = 100 });
        (await Should.ThrowAsync<PipelineException>(() => loader.LoadAsync(Shards(), CancellationToken.None))).Code.ShouldBe(ProblemCodes.DatasetTooLarge);
    }

    [Fact]
    public void New_LabelThatDoesNotFitTheTask_IsRefused() =>
        Should.Throw<PipelineException>(() => Loader(Job(testSize: null) with { Task = TrainingTask.Regression })).Message.ShouldContain("outcome");

    private static DatasetLoader Loader(TrainingJob job) => new(Schema, job, TrainingLimits.Default);

    private static TrainingJob Job(double? testSize) => new(
        "training", "table", "table", TrainingTask.Classification, new FamilySpec("linear", [], [], 0), TrainerSetup.Arguments, testSize,
        TrainingDevice.Cpu, new JobLimits(TimeSpan.FromHours(1), 3), null, new Dictionary<string, string>());

    /// <summary>Shards of four rows: train, train, validation, test; the last shard's test row has no label.</summary>
    private static async IAsyncEnumerable<RecordBatch> Shards(int count = 2)
    {
        for (var shard = 0; shard < count; shard++)
        {
            await Task.Yield();
            var last = shard == count - 1 || (count > 2 && shard % 2 == 1);
            yield return new RecordBatch(
                new Schema.Builder()
                    .Field(new Field("note", StringType.Default, nullable: true)).Field(new Field("colour", Int32Type.Default, nullable: true))
                    .Field(new Field("income", DoubleType.Default, nullable: true)).Field(new Field("age", DoubleType.Default, nullable: true))
                    .Field(new Field("outcome", Int32Type.Default, nullable: true)).Field(new Field("$split", UInt8Type.Default, nullable: false)).Build(),
                [
                    new StringArray.Builder().Append("a").AppendNull().Append("b").Append("c").Build(),
                    new Int32Array.Builder().Append(0).AppendNull().Append(1).Append(0).Build(),
                    new DoubleArray.Builder().Append(100).AppendNull().Append(300).Append(400).Build(),
                    new DoubleArray.Builder().Append(0).Append(1).Append(2).Append(3).Build(),
                    last
                        ? new Int32Array.Builder().Append(0).Append(0).Append(1).AppendNull().Build()
                        : new Int32Array.Builder().Append(0).Append(0).Append(1).Append(1).Build(),
                    new UInt8Array.Builder().Append(0).Append(0).Append(1).Append(2).Build(),
                ], 4);
        }
    }
}
