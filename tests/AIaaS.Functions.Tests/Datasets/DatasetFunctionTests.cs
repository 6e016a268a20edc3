using System.Net;
using AIaaS.Pipeline.Storage;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Functions.Tests.Datasets;

public sealed class DatasetFunctionTests(RunningApp app)
{
    [Fact]
    public async Task Dataset_DroppedReportedDeleted_AnswersEveryRoute()
    {
        await app.MakeDatasetAsync("whole-way");

        using var shown = await app.Http.GetAsync("datasets/whole-way");
        (await shown.ReadJsonAsync()).GetProperty("rows").GetInt64().ShouldBe(60);
        using var again = new HttpRequestMessage(HttpMethod.Get, "datasets/whole-way");
        again.Headers.IfNoneMatch.Add(shown.Headers.ETag!);
        using var unchanged = await app.Http.SendAsync(again);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        using var list = await app.Http.GetAsync("datasets");
        (await list.ReadJsonAsync()).GetProperty("value").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ShouldContain("whole-way");

        using var report = await app.Http.GetAsync("datasets/whole-way/report");
        (await report.ReadJsonAsync()).GetProperty("label").GetProperty("column").GetString().ShouldBe("label");
        using var asPage = new HttpRequestMessage(HttpMethod.Get, "datasets/whole-way/report");
        asPage.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var page = await app.Http.SendAsync(asPage);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");

        using var rejects = await app.Http.GetAsync("datasets/whole-way/rejects");
        rejects.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var deleted = await app.Http.DeleteAsync("datasets/whole-way");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await app.Http.GetAsync("datasets/whole-way");
        (await gone.ReadProblemAsync()).ShouldBe("DatasetNotFound");
    }

    [Theory]
    [InlineData("GET", "datasets/none", "DatasetNotFound")]
    [InlineData("GET", "datasets/none/report", "DatasetNotFound")]
    [InlineData("GET", "datasets/none/rejects", "DatasetNotFound")]
    [InlineData("DELETE", "datasets/none", "DatasetNotFound")]
    [InlineData("GET", "datasets/Not%20A%20Name", "InvalidName")]
    [InlineData("PUT", "datasets/UPPER/data.csv", "InvalidName")]
    [InlineData("PUT", "datasets/fine/.hidden", "InvalidName")]
    public async Task Dataset_WrongName_IsAProblem(string method, string path, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = new StringContent("a,b\n1,2\n") };
        using var answer = await app.Http.SendAsync(request);
        (await answer.ReadProblemAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Dataset_KeyDisabled_ReadersSaySoUntilItIsEnabled()
    {
        await app.MakeDatasetAsync("locked");

        using var disabled = await app.Http.PostAsync("keys/dataset-locked/disable", null);
        (await disabled.ReadJsonAsync()).GetProperty("enabled").GetBoolean().ShouldBeFalse();
        using var refused = await app.Http.GetAsync("datasets/locked/report");
        (await refused.ReadProblemAsync()).ShouldBe("KeyDisabled");

        using var enabled = await app.Http.PostAsync("keys/dataset-locked/enable", null);
        enabled.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var rotated = await app.Http.PostAsync("keys/dataset-locked/rotate", null);
        (await rotated.ReadJsonAsync()).GetProperty("versions").GetInt32().ShouldBe(2);
        using var readable = await app.Http.GetAsync("datasets/locked/report");
        readable.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var list = await app.Http.GetAsync("keys");
        (await list.ReadJsonAsync()).GetProperty("value").EnumerateArray().Select(key => key.GetProperty("keyName").GetString()).ShouldContain("dataset-locked");
    }

    [Fact]
    public async Task IngestionMessage_Unreadable_IsSetAsideWithAReason()
    {
        await using var sender = app.Queues.CreateSender(StorageLayout.IngestionQueue);
        await sender.SendMessageAsync(new ServiceBusMessage("no message at all") { MessageId = "poison" });

        await using var receiver = app.Queues.CreateReceiver(StorageLayout.IngestionQueue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        ServiceBusReceivedMessage? dead = null;
        await app.UntilAsync(async () => (dead = (await receiver.PeekMessagesAsync(10)).FirstOrDefault(message => message.MessageId == "poison")) is not null);
        dead!.DeadLetterReason.ShouldBe("MessageInvalid");
    }
}
