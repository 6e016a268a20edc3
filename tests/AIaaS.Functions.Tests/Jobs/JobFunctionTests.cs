using System.Net;
using System.Text;
using System.Text.Json;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tracing;

namespace AIaaS.Functions.Tests.Jobs;

public sealed class JobFunctionTests(RunningApp app)
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Job_Put_IsALongRunningOperationAndCarriesItsTrace()
    {
        await app.MakeDatasetAsync("for-jobs");

        using var first = await PutAsync("lro", Job("for-jobs"));
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        first.Headers.GetValues("Operation-Location").ShouldBe([$"{app.Http.BaseAddress}jobs/lro?api-version=2026-11-01"]);
        first.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        var monitor = await first.ReadJsonAsync();
        (monitor.GetProperty("id").GetString(), monitor.GetProperty("status").GetString()).ShouldBe(("lro", "NotStarted"));

        using var repeated = await PutAsync("lro", Job("for-jobs"));
        repeated.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var other = await PutAsync("lro", Job("for-jobs", epochs: 7));
        (await other.ReadProblemAsync()).ShouldBe("Conflict");

        using var shown = await app.Http.GetAsync("jobs/lro");
        (await shown.ReadJsonAsync()).GetProperty("job").GetProperty("traceParent").GetString()!.ShouldContain(TraceId);
        (await MessageTraceOfAsync("lro")).ShouldContain(TraceId);

        using var cancel = await app.Http.PostAsync("jobs/lro/cancel", null);
        cancel.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var canceled = await app.Http.GetAsync("jobs/lro");
        (await canceled.ReadJsonAsync()).GetProperty("status").GetString().ShouldBe("Canceled");
        canceled.Headers.RetryAfter.ShouldBeNull();

        using var list = await app.Http.GetAsync("jobs");
        (await list.ReadJsonAsync()).GetProperty("value").EnumerateArray().Select(job => job.GetProperty("id").GetString()).ShouldContain("lro");
    }

    [Fact]
    public async Task Job_SeveralFaults_AllListed()
    {
        using var answer = await PutAsync("faulty", "dataset: d\nfamily: { name: nonsense }\ncolour: red\n");
        (await answer.ReadProblemAsync()).ShouldBe("JobInvalid");
        (await answer.ReadJsonAsync()).GetProperty("errors").GetArrayLength().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Job_NoBodyOrTooLarge_IsRefused()
    {
        using var empty = await PutAsync("sized", "");
        (await empty.ReadProblemAsync()).ShouldBe("InvalidRequest");
        using var large = await PutAsync("sized", new string('#', 70_000));
        (await large.ReadProblemAsync()).ShouldBe("PayloadTooLarge");
    }

    [Fact]
    public async Task Job_MissingDatasetOrJob_IsNotFound()
    {
        using var dataset = await PutAsync("orphan", Job("no-such-dataset"));
        (await dataset.ReadProblemAsync()).ShouldBe("DatasetNotFound");
        using var job = await app.Http.GetAsync("jobs/no-such-job");
        (await job.ReadProblemAsync()).ShouldBe("JobNotFound");
        using var cancel = await app.Http.PostAsync("jobs/no-such-job/cancel", null);
        (await cancel.ReadProblemAsync()).ShouldBe("JobNotFound");
    }

    [Fact]
    public async Task JobFile_Dropped_IsSubmittedAndDeleted()
    {
        await app.MakeDatasetAsync("for-files");
        var container = app.Storage.Container(StorageLayout.JobsContainer);
        await container.GetBlobClient("by-file.yaml").UploadAsync(new BinaryData(Job("for-files")));

        await app.UntilAsync(async () => !await container.GetBlobClient("by-file.yaml").ExistsAsync());

        using var shown = await app.Http.GetAsync("jobs/by-file");
        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task JobFile_Refused_StaysWithItsProblemUntilItIsCorrected()
    {
        await app.MakeDatasetAsync("for-mending");
        var container = app.Storage.Container(StorageLayout.JobsContainer);
        var file = container.GetBlobClient("to-mend.yaml");
        var problem = container.GetBlobClient("to-mend.yaml.problem.json");
        await file.UploadAsync(new BinaryData("dataset: for-mending\ncolour: red\n"));
        await app.UntilAsync(async () => await problem.ExistsAsync());
        using (var said = JsonDocument.Parse((await problem.DownloadContentAsync()).Value.Content))
            said.RootElement.GetProperty("code").GetString().ShouldBe("JobInvalid");
        (await file.ExistsAsync()).Value.ShouldBeTrue();

        await file.UploadAsync(new BinaryData(Job("for-mending")), overwrite: true);

        await app.UntilAsync(async () => !await file.ExistsAsync() && !await problem.ExistsAsync());
        using var shown = await app.Http.GetAsync("jobs/to-mend");
        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string Job(string dataset, int epochs = 2) =>
        $"dataset: {dataset}\ntask: classification\nfamily: {{ name: linear }}\ntraining: {{ num_train_epochs: {epochs} }}\n";

    private async Task<HttpResponseMessage> PutAsync(string id, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"jobs/{id}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        return await app.Http.SendAsync(request);
    }

    private async Task<string> MessageTraceOfAsync(string job)
    {
        await using var receiver = app.Queues.CreateReceiver(StorageLayout.TrainingQueue);
        var messages = await receiver.PeekMessagesAsync(100);
        return (string)messages.Single(message => message.Body.ToString().Contains($"\"{job}\"", StringComparison.Ordinal)).ApplicationProperties[MessageTrace.Property];
    }
}
