using System.Text;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Jobs;

public sealed class JobFileTests
{
    private const string Smallest = "dataset: digits\ntask: classification\nfamily: mlp\n";

    [Fact]
    public void Parse_SmallestFile_FillsEveryDefault()
    {
        var job = Parse(Smallest);
        job.Type.ShouldBe("training");
        job.Model.ShouldBe("digits");
        job.Family.Hidden.ShouldBe([64, 64]);
        job.Training.ShouldBe(new TrainingArguments(10, 64, "adam", 0.001, "constant", 0, 0, 42, null, 1));
        job.TestSize.ShouldBeNull();
        job.Device.ShouldBe(TrainingDevice.Auto);
        job.Limits.ShouldBe(new JobLimits(TimeSpan.FromHours(1), 3));
        job.Tags.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_ForEncryptedInference_FillsWhatTrainsBestWithSquares()
    {
        var job = Parse(Smallest + "privacy: {inference: ckks}\n");
        job.Privacy.ShouldBe(new PrivacySpec("ckks", "relu"));
        job.Family.Hidden.ShouldBe([64]);
        job.Training.ShouldBe(new TrainingArguments(10, 128, "adamw", 0.004, "one_cycle", 0.2, 0.025, 42, null, 1, 1));
        Parse(Smallest + "privacy: {inference: ckks, reference: none}\ntraining: {learning_rate: 0.01}\n").Training.LearningRate.ShouldBe(0.01);
        Parse(System.Text.Encoding.UTF8.GetString(JobFile.ToJson(job))).Privacy.ShouldBe(job.Privacy);
        Parse(Smallest + "privacy: {inference: none}\n").Privacy.ShouldBeNull();
    }

    [Theory]
    [InlineData("task: regression\nfamily: mlp\n", "/task", "classification")]
    [InlineData("task: classification\nfamily: {name: mlp, dropout: 0.1}\n", "/family/dropout", "normalization")]
    [InlineData("task: classification\nfamily: {name: mlp, hidden: [64, 64, 64, 64]}\n", "/family/hidden", "4 squares")]
    [InlineData("task: classification\nfamily: {name: cnn, channels: [8, 16], hidden: [64, 32]}\n", "/family/channels", "'hidden: [100]'")]
    [InlineData("task: classification\nfamily: mlp\ntraining: {per_device_train_batch_size: 1}\n", "/training/per_device_train_batch_size", "at least 2")]
    public void Parse_WhatCannotBeComputedEncrypted_IsRefusedWithWhatToChange(string file, string pointer, string said)
    {
        var fault = Should.Throw<PipelineException>(() => Parse("dataset: d\nprivacy: {inference: ckks}\n" + file)).Items.Single();
        fault.Pointer.ShouldBe(pointer);
        fault.Detail.ShouldContain(said);
    }

    [Fact]
    public void Parse_SameJobInYamlAndJson_GivesTheSame() =>
        JobFile.ToJson(Parse("""{"dataset": "digits", "task": "classification", "family": {"name": "cnn", "channels": [8]}, "limits": {"timeout": "PT1H30M"}, "display_name": "a\/b \u00e9"}"""))
            .ShouldBe(JobFile.ToJson(Parse("dataset: digits\ntask: classification\nfamily:\n  name: cnn\n  channels: [8]\nlimits: {timeout: 1h30m}\ndisplay_name: a/b é\n")));

    [Fact]
    public void Parse_FlowStyleYaml_IsTaken() =>
        Parse("{dataset: digits, task: regression, family: linear}").Task.ShouldBe(TrainingTask.Regression);

    [Fact]
    public void Parse_SeveralFaults_ListsThemAllWithPointers()
    {
        var problem = Should.Throw<PipelineException>(() => Parse("""
            dataset: Not A Name
            task: clasification
            family: {name: cnn, chanels: [8], dropout: 2}
            training: {learning-rate: 0.1, num_train_epochs: 0, seed: 1.5}
            limits: {timeout: forever}
            tags: {cost: 5}
            colour: red
            """));
        problem.Code.ShouldBe(ProblemCodes.JobInvalid);
        problem.Items.Select(item => item.Pointer).ShouldBe(
            ["/dataset", "/task", "/family/dropout", "/family/chanels", "/training/num_train_epochs", "/training/seed", "/training/learning-rate", "/limits/timeout", "/tags/cost", "/colour"],
            ignoreOrder: true);
        Detail(problem, "/task").ShouldContain("classification");
        Detail(problem, "/family/chanels").ShouldContain("'channels'");
        Detail(problem, "/training/learning-rate").ShouldContain("'learning_rate'");
        Detail(problem, "/colour").ShouldContain("dataset");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   \n# only a comment\n", "empty")]
    [InlineData("- a\n- b\n", "mapping")]
    [InlineData("dataset: [1, 2\n", "line")]
    [InlineData("{\"dataset\": \"a\"", "JSON")]
    [InlineData("dataset: a\ndataset: b\n", "twice")]
    [InlineData("{\"dataset\": \"a\", \"dataset\": \"b\"}", "JSON")]
    [InlineData("a: 1\n---\nb: 2\n", "one document")]
    [InlineData("dataset: !!python/object:os.system x\n", "tags")]
    [InlineData("? [a, b]\n: c\n", "key")]
    public void Parse_WhatIsNoJobFile_SaysWhy(string text, string expected)
    {
        var problem = Should.Throw<PipelineException>(() => Parse(text));
        problem.Code.ShouldBe(ProblemCodes.JobInvalid);
        (problem.Message + string.Concat(problem.Items.Select(item => item.Detail))).ShouldContain(expected);
    }

    [Fact]
    public void Parse_AliasBomb_IsRefusedBeforeItGrows()
    {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c <= 'z'; c++) bomb.Append(c).Append(": &").Append(c).Append(" [").AppendJoin(", ", Enumerable.Repeat("*" + (char)(c - 1), 9)).Append("]\n");
        Should.Throw<PipelineException>(() => Parse(bomb.ToString())).Message.ShouldContain("anchors");
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Parse_DeepNesting_IsRefused(char open) =>
        Should.Throw<PipelineException>(() => Parse("dataset: " + new string(open, 60_000))).Code.ShouldBe(ProblemCodes.JobInvalid);

    [Fact]
    public void Parse_MoreThan64KiB_IsTooLarge() =>
        Should.Throw<PipelineException>(() => JobFile.Parse(new byte[JobFile.MaxBytes + 1])).Code.ShouldBe(ProblemCodes.PayloadTooLarge);

    [Fact]
    public void Parse_BytesThatAreNotUtf8_AreRefused() =>
        Should.Throw<PipelineException>(() => JobFile.Parse(new byte[] { (byte)'a', 0xC3, 0x28 })).Message.ShouldContain("UTF-8");

    [Fact]
    public void Parse_LinearFamilyWithWidths_IsAFault() =>
        Should.Throw<PipelineException>(() => Parse("dataset: a\ntask: regression\nfamily: {name: linear, hidden: [3]}\n")).Items.Single().Pointer.ShouldBe("/family/hidden");

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172_800)]
    [InlineData("PT45M", 2700)]
    [InlineData("P1DT1H", 90_000)]
    public void Parse_Timeout_TakesShortAndIsoDurations(string text, int seconds) =>
        Parse(Smallest + $"limits: {{timeout: {text}}}\n").Limits.Timeout.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("9s")]
    [InlineData("8d")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("3600")]
    [InlineData("-1h")]
    [InlineData("99999999999d")]
    public void Parse_TimeoutOutOfRangeOrForm_IsAFault(string text) =>
        Should.Throw<PipelineException>(() => Parse(Smallest + $"limits: {{timeout: {text}}}\n")).Items.Single().Pointer.ShouldBe("/limits/timeout");

    [Theory]
    [InlineData(".nan")]
    [InlineData(".inf")]
    [InlineData("1e999")]
    [InlineData("'0.1'")]
    public void Parse_LearningRateThatIsNoFiniteNumber_IsAFault(string text) =>
        Should.Throw<PipelineException>(() => Parse(Smallest + $"training: {{learning_rate: {text}}}\n")).Items.Single().Pointer.ShouldBe("/training/learning_rate");

    [Fact]
    public void ToJson_OfAnyRecipe_ReadsBackTheSame()
    {
        var recipes = Directory.GetFiles(Path.Combine(ProjectRoot.Path, "models", "recipes"), "*.yaml");
        recipes.Length.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var recipe in recipes)
        {
            var json = JobFile.ToJson(JobFile.Parse(File.ReadAllBytes(recipe)));
            JobFile.ToJson(JobFile.Parse(json)).ShouldBe(json, recipe);
        }
    }

    private static string Detail(PipelineException problem, string pointer) => problem.Items.Single(item => item.Pointer == pointer).Detail;

    private static TrainingJob Parse(string text) => JobFile.Parse(Encoding.UTF8.GetBytes(text));
}
