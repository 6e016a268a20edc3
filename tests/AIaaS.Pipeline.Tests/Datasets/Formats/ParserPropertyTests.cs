using System.Text;
using AIaaS.Pipeline.Datasets.Formats;
using AIaaS.Pipeline.Datasets.Formats.Jsonl;
using AIaaS.Pipeline.Datasets.Formats.Numpy;
using AIaaS.Pipeline.Datasets.Formats.Parquet;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;
using Apache.Arrow;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

/// <summary>Whatever the bytes are, what comes out is a result or a typed error.</summary>
public sealed class ParserPropertyTests(AzuriteFixture azurite)
{
    [Property(MaxTest = 500)]
    public void Sniffer_AnyBytes_TellsOrThrowsTyped(byte[] head, byte kind)
    {
        byte[][] beginnings = [[], [0x93, .. "NUMPY"u8], [0, 0, 8, 3], [.. "PAR1"u8], [.. "{\""u8], [.. "a,b\n"u8], [0x50, 0x4B, 3, 4]];
        try
        {
            FormatSniffer.Tell([.. beginnings[kind % beginnings.Length], .. head], "file");
        }
        catch (PipelineException problem)
        {
            problem.Code.Status.ShouldBe(422);
        }
    }

    [Property(MaxTest = 500)]
    public async Task NpyHeader_AnyBytesAfterTheMagic_ThrowTyped(byte[] rest)
    {
        try
        {
            await NpyHeader.ReadAsync(new MemoryStream([.. NpyHeader.Magic.ToArray(), 1, 0, .. rest]), "file", CancellationToken.None);
        }
        catch (PipelineException problem)
        {
            problem.Code.ShouldBe(ProblemCodes.DatasetMalformed);
        }
    }

    [Property(MaxTest = 500)]
    public void JsonRow_AnyBytes_IsReadOrHasAFault(byte[] line)
    {
        var row = new JsonRow(["a", "b"], 1000);
        row.Parse(line);
        row.Parse([.. "{\"a\":"u8, .. line, .. "}"u8]);
    }

    [Property(MaxTest = 1000)]
    public void ThriftBounds_AnyBytes_EndsWithinThem(byte[] data)
    {
        var bounds = new ThriftBounds(data);
        bounds.TrySkipStruct(new long[4]);
        bounds.Position.ShouldBeLessThanOrEqualTo(data.Length);
    }

    [Property(MaxTest = 200)]
    public async Task LineReader_AnyLines_GivesThemBack(string[] lines, byte size)
    {
        var clean = lines.Select(line => (line ?? "").Replace('\n', ' ').Replace("\r", "")).ToArray();
        var bytes = Encoding.UTF8.GetBytes(string.Concat(clean.Select(line => line + "\r\n")));
        await using var reader = new LineReader(new MemoryStream(bytes), 100_000 + size);
        var read = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None)) read.Add(Encoding.UTF8.GetString(reader.Line.Span));
        read.ShouldBe(clean.Select(line => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line))));
    }

    [Fact]
    public async Task Csv_AnyTextsQuoted_ComeBackAsTheyWere()
    {
        // One ingestion for many texts: every awkward character in every place.
        const string Awkward = "a\",;\t|\n' é漢𝄞.#\\";
        var random = new Random(4);
        var texts = Enumerable.Range(0, 400).Select(i => $"{i}:" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Awkward[random.Next(Awkward.Length)]))).Select(Whole).ToList();
        var csv = "text,label\n" + string.Concat(texts.Select((text, i) => $"\"{text.Replace("\"", "\"\"")}\",{i % 2}\n"));
        await using var rig = await DatasetRig.StartAsync(azurite);
        (await rig.IngestAsync("t.csv", csv)).Error.ShouldBeNull();
        var column = (StringArray)(await rig.ReadAsync()).ShouldHaveSingleItem().Column(0);
        Enumerable.Range(0, texts.Count).Select(i => column.GetString(i)).ShouldBe(texts);
    }

    /// <summary>Half of a surrogate pair is no text.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
