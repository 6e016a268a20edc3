using System.Text;
using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tests.Inference;
using AIaaS.Testing;
using Azure.Storage.Blobs;

namespace AIaaS.Pipeline.Tests.Batch;

public sealed class BatchInferenceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Csv_NamedColumns_PredictsEachRowRejectsBadOnesAndRemovesTheDrop()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("table");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Of((EchoOnnx.Double, [-1, 1]), (EchoOnnx.String, [-1, 1])));
        var lines = new StringBuilder("extra,x1,x0\n");
        for (var row = 0; row < 1_000; row++) lines.Append(row == 500 ? "a,b,oops\n" : $"z,t{row},{row}.5\n");

        var ended = await RunAsync(host, name, "rows.csv", Encoding.UTF8.GetBytes(lines.ToString()));

        ended.Status.ShouldBe(OperationStatus.Succeeded);
        (ended.Rows, ended.Rejected).ShouldBe((999, 1));
        var predictions = await LinesAsync(host, $"{name}/rows.csv.jsonl");
        predictions.Length.ShouldBe(999);
        predictions[0].ShouldBe("""{"line":2,"y0":0.5,"y1":"t0"}""");
        predictions[^1].ShouldBe("""{"line":1001,"y0":999.5,"y1":"t999"}""");
        (await LinesAsync(host, $"{name}/rows.csv.errors.jsonl")).ShouldBe(["""{"line":502,"reason":"'x0' is no number"}"""]);
        (await Drop(host, name, "rows.csv").ExistsAsync()).Value.ShouldBeFalse();
    }

    [Fact]
    public async Task Jsonl_MissingValues_AreNaNAndEmptyText()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("jsonl");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Of((EchoOnnx.Double, [-1, 1]), (EchoOnnx.String, [-1, 1])));

        await RunAsync(host, name, "rows.jsonl", "{\"x0\":1,\"x1\":\"a\"}\n{\"x0\":null}\n"u8.ToArray());

        (await LinesAsync(host, $"{name}/rows.jsonl.jsonl")).ShouldBe(["""{"line":1,"y0":1,"y1":"a"}""", """{"line":2,"y0":null,"y1":""}"""]);
    }

    [Fact]
    public async Task Idx_ImagesWithoutLabels_ArePredicted()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("images");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Of((EchoOnnx.Uint8, [-1, 2, 2, 1])));
        byte[] header = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2];

        var ended = await RunAsync(host, name, "images.idx", [.. header, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

        ended.Error.ShouldBeNull();
        (await LinesAsync(host, $"{name}/images.idx.jsonl")).ShouldBe(
            ["""{"line":1,"y0":[1,2,3,4]}""", """{"line":2,"y0":[5,6,7,8]}""", """{"line":3,"y0":[9,10,11,12]}"""]);
    }

    [Fact]
    public async Task Model_Unknown_LeavesATypedErrorAndTheDrop()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("nobody");

        var ended = await RunAsync(host, name, "rows.csv", "x\n1\n"u8.ToArray());

        ended.Status.ShouldBe(OperationStatus.Failed);
        ended.Error.ShouldNotBeNull().Code.ShouldBe(ProblemCodes.ModelNotFound.Code);
        (await LinesAsync(host, $"{name}/rows.csv.error.json")).Single().ShouldStartWith("""{"code":"ModelNotFound","message":""");
        (await Drop(host, name, "rows.csv").ExistsAsync()).Value.ShouldBeTrue();
    }

    [Theory]
    [InlineData("y\n1\n2\n", "TensorInvalid")]
    [InlineData("", "DatasetEmpty")]
    [InlineData("\0\u0001\u0002\u0003\0\u0001\u0002", "DatasetFormatUnknown")]
    public async Task File_ThatDoesNotFit_FailsWithItsProblem(string content, string code)
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("misfit");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Of((EchoOnnx.Double, [-1, 1]), (EchoOnnx.String, [-1, 1])));

        var ended = await RunAsync(host, name, "rows.csv", Encoding.UTF8.GetBytes(content));

        ended.Error.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public async Task Announce_Repeated_IsOneOperationAndANewContentIsAnother()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("again");
        await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        var first = await RunAsync(host, name, "a.csv", "x\n1\n"u8.ToArray());
        await host.Get<BatchDrops>().AnnounceAsync(first.Input, first.ETag!, CancellationToken.None);
        (await host.Get<OperationRunner>().RunAsync(first.Id, CancellationToken.None)).ShouldBeNull();

        var second = await RunAsync(host, name, "a.csv", "x\n5\n"u8.ToArray());

        second.Id.ShouldNotBe(first.Id);
        (await LinesAsync(host, $"{name}/a.csv.jsonl")).ShouldBe(["""{"line":2,"y":6}"""]);
    }

    private static BlobClient Drop(PipelineHost host, string model, string file) =>
        host.Storage.Container(StorageLayout.RequestsContainer).GetBlobClient($"{model}/{file}");

    private static async Task<OperationRecord> RunAsync(PipelineHost host, string model, string file, byte[] content)
    {
        var blob = Drop(host, model, file);
        var eTag = (await blob.UploadAsync(BinaryData.FromBytes(content), overwrite: true)).Value.ETag.ToString();
        await host.Get<BatchDrops>().AnnounceAsync(blob.Name, eTag, CancellationToken.None);
        await foreach (var operation in host.Get<OperationStore>().ListStalledAsync(host.Clock.GetUtcNow().AddYears(1), CancellationToken.None))
        {
            if (operation.Record.Input == blob.Name && operation.Record.ETag == eTag)
                return (await host.Get<OperationRunner>().RunAsync(operation.Record.Id, CancellationToken.None)).ShouldNotBeNull();
        }
        throw new InvalidOperationException("The drop made no operation.");
    }

    private static async Task<string[]> LinesAsync(PipelineHost host, string path)
    {
        var content = await host.Storage.Container(StorageLayout.ResultsContainer).GetBlobClient(path).DownloadContentAsync();
        return content.Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
