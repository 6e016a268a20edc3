using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

public sealed class BadInputTests(AzuriteFixture azurite)
{
    private static readonly string Good = "a,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},{i % 2}\n"));

    public static TheoryData<string, byte[], string, string> Files { get; } = new()
    {
        { "empty", [], "DatasetEmpty", "empty" },
        { "header only", "a,y\n"u8.ToArray(), "DatasetEmpty", "no rows" },
        { "blank", "\n \n"u8.ToArray(), "DatasetEmpty", "blanks" },
        { "rubbish", [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 167 + i / 7))], "DatasetFormatUnknown", "binary" },
        { "utf-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good)).ToArray(), "DatasetMalformed", "UTF-8" },
        { "utf-16 without mark", Encoding.Unicode.GetBytes(Good), "DatasetMalformed", "UTF-8" },
        { "one class", Encoding.UTF8.GetBytes("a,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},same\n"))), "DatasetSingleClass", "same label" },
        { "latin-1", [.. Encoding.UTF8.GetBytes("a,y\n"), .. Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("Zürich,1\nGenf,0\n", 50)))], "DatasetRejected", "not UTF-8" },
        { "unclosed quote", Encoding.UTF8.GetBytes(Good + "\"5,1\n6,0\n"), "DatasetMalformed", "quote" },
        { "json array", "[{\"a\":1}]"u8.ToArray(), "DatasetFormatUnknown", "one object per line" },
        { "svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "DatasetFormatUnknown", "SVG" },
        { "pickle", [0x80, 4, 0x95, 1, 2, 3], "DatasetFormatUnknown", "pickle" },
        { "duplicate column", "a,a\n1,2\n3,4\n"u8.ToArray(), "DatasetMalformed", "name of an earlier column" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Ingest_BadFile_FailsTypedAndKeepsTheDrop(string what, byte[] content, string code, string says)
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        if (what == "duplicate column") await rig.PutAsync("dataset.yaml", "header: true");
        var record = await rig.IngestAsync("data.csv", content);
        record.Status.ShouldBe(DatasetStatus.Failed, what);
        record.Error!.Code.ShouldBe(code, record.Error.Message);
        record.Error.Message.ShouldContain(says);
        (await rig.DroppedAsync()).ShouldContain(name => name.EndsWith("data.csv", StringComparison.Ordinal));
        (await rig.IngestAsync()).ShouldBe(record);
    }

    [Fact]
    public async Task Ingest_FewBadRows_AreRejectedWithLineAndReasonAndWithoutValues()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "reject_threshold: 0.05");
        var text = Good + "1\n2,0,secretvalue\nNaN,1\n1e999,0\nsecretvalue,1\n\"quoted\nline\",0\n5,\n";
        byte[] content = [.. Encoding.UTF8.GetBytes(text), .. "7\0,1\n"u8, .. (ReadOnlySpan<byte>)[0xFF, (byte)',', (byte)'1', (byte)'\n']];
        (await rig.IngestAsync("data.csv", content)).Error.ShouldBeNull();

        var dataset = await rig.OpenAsync();
        var rejects = Encoding.UTF8.GetString(await dataset.ReadRejectsAsync(CancellationToken.None));
        rejects.ShouldNotContain("secretvalue");
        rejects.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "{\"file\":\"data.csv\",\"line\":302,\"reason\":\"the row has too few fields\"}",
            "{\"file\":\"data.csv\",\"line\":303,\"reason\":\"the row has too many fields\"}",
            "{\"file\":\"data.csv\",\"line\":304,\"reason\":\"column \\u0027a\\u0027: the number is infinite or NaN\"}",
            "{\"file\":\"data.csv\",\"line\":305,\"reason\":\"column \\u0027a\\u0027: the number is infinite or NaN\"}",
            "{\"file\":\"data.csv\",\"line\":306,\"reason\":\"column \\u0027a\\u0027: a number was expected\"}",
            "{\"file\":\"data.csv\",\"line\":307,\"reason\":\"column \\u0027a\\u0027: a number was expected\"}",
            "{\"file\":\"data.csv\",\"line\":309,\"reason\":\"column \\u0027y\\u0027: the label is missing\"}",
            "{\"file\":\"data.csv\",\"line\":310,\"reason\":\"the row holds NUL bytes\"}",
            "{\"file\":\"data.csv\",\"line\":311,\"reason\":\"the row is not UTF-8\"}",
        ]);
        dataset.Report.Rejected.Rows.ShouldBe(9);
        dataset.Rows.ShouldBe(300);
    }

    [Fact]
    public async Task Ingest_MoreBadRowsThanTheThreshold_FailsNamingTheFirstReasons()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("data.csv", Good + string.Concat(Enumerable.Repeat("1,2,3\n", 10)));
        record.Error!.Code.ShouldBe("DatasetRejected");
        record.Error.Message.ShouldContain("too many fields (10, first at data.csv:302)");
    }

    [Fact]
    public async Task Ingest_WrongLabelColumn_ListsTheColumns()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "label: spezies");
        var record = await rig.IngestAsync("data.csv", Good);
        record.Error!.Code.ShouldBe("DatasetLabelMissing");
        record.Error.Message.ShouldContain("a, y");
    }

    [Fact]
    public async Task Ingest_ManyDistinctLabels_SaysThatTheyAreNoClasses()
    {
        await using var rig = await DatasetRig.StartAsync(azurite, new DatasetLimits { MaxCategories = 100 });
        var record = await rig.IngestAsync("data.csv", "a,label\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},name{i}\n")));
        record.Error!.Code.ShouldBe("DatasetLabelInvalid");
    }

    [Fact]
    public async Task Ingest_RecordOverTheLimit_EndsThere()
    {
        await using var rig = await DatasetRig.StartAsync(azurite, new DatasetLimits { MaxRecordChars = 100_000 });
        var record = await rig.IngestAsync("data.csv", Good + "\"" + new string('x', 300_000));
        record.Error!.Code.ShouldBe("DatasetMalformed");
        record.Error.Message.ShouldContain("longer than 100000");
    }

    [Fact]
    public async Task Ingest_TooManyColumns_IsRefused()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("data.csv", string.Join(',', Enumerable.Range(0, 10_001)) + "\n" + string.Join(',', Enumerable.Range(0, 10_001)) + "\n");
        record.Error!.Code.ShouldBe("DatasetTooLarge");
    }

    [Fact]
    public async Task Ingest_FilesOfTwoFormats_SaysWhichIsWhich()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("a.csv", Good);
        var record = await rig.IngestAsync("b", "{\"a\":1,\"y\":0}\n");
        record.Error!.Message.ShouldContain("a.csv: Csv, b: Jsonl");
    }

    [Fact]
    public async Task Ingest_FeatureEqualToTheLabel_IsWarnedOf()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.IngestAsync("data.csv", "a,leak,label\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i * 37 % 101},{(i % 3 == 0 ? "u" : "v")},{(i % 3 == 0 ? "yes" : "no")}\n")));
        (await rig.OpenAsync()).Report.Warnings.ShouldContain(warning => warning.Contains("'leak' tells the label"));
    }

    [Fact]
    public async Task Ingest_DeepJson_IsARejectedRow()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "reject_threshold: 0.1");
        var lines = string.Concat(Enumerable.Range(0, 50).Select(i => $"{{\"a\":{i},\"label\":\"{(i % 2 == 0 ? "x" : "y")}\"}}\n"));
        var record = await rig.IngestAsync("data", lines + "{\"a\":" + new string('[', 100_000) + "\n{\"a\":1e999,\"label\":\"x\"}\n{\"a\":{\"b\":1}}\n");
        record.Error.ShouldBeNull();
        (await rig.OpenAsync()).Report.Rejected.Rows.ShouldBe(3);
    }
}
