using System.Net;
using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Testing;

namespace AIaaS.EndToEnd.Faults;

/// <summary>The service of one world and a client of it, for tests in which nothing dies unasked. Everything it waits for has a bound.</summary>
public sealed class Client : IAsyncDisposable
{
    private readonly World _world;
    private readonly FunctionAppProcess _app;
    private readonly CancellationTokenSource _limit;

    private Client(World world, FunctionAppProcess app, TimeSpan limit)
    {
        _world = world;
        _app = app;
        _limit = new CancellationTokenSource(limit);
    }

    public CancellationToken Token => _limit.Token;

    public HttpClient Http => _app.Client;

    public string Key => _app.Key;

    public string Log => _app.Log;

    public static async Task<Client> StartAsync(World world, TimeSpan? limit = null) =>
        new(world, await FunctionAppProcess.StartAsync(world.Settings) ?? throw new InvalidOperationException("The Function App did not start."), limit ?? TimeSpan.FromMinutes(3));

    public Task PutDatasetAsync(byte[] csv) => PutAsync($"datasets/{World.Name}/flowers.csv", csv);

    public Task PutJobAsync(string job, string id = "one") => PutAsync($"jobs/{id}", Encoding.UTF8.GetBytes(job));

    public async Task<DatasetRecord> UntilReadyAsync()
    {
        DatasetRecord? dataset = null;
        await UntilAsync(async () =>
        {
            dataset = await _world.Datasets.GetAsync(World.Name, Token);
            if (dataset.Status == DatasetStatus.Failed) throw new InvalidOperationException($"{dataset.Error}");
            return dataset.Status == DatasetStatus.Ready && (await _world.DropsAsync()).Count == 0;
        }, "the dataset is ready");
        return dataset!;
    }

    /// <summary>Runs trainers, one after the other, until the job is over.</summary>
    /// <returns>Everything they wrote.</returns>
    public async Task<string> TrainAsync(string id = "one")
    {
        var log = new StringBuilder();
        while (!(await _world.Jobs.GetAsync(id, Token)).IsFinal)
            log.Append((await TrainerProcess.RunAsync(_world.Settings, cancellationToken: Token)).Log);
        var job = await _world.Jobs.GetAsync(id, Token);
        return job.Status == JobStatus.Succeeded ? log.ToString() : throw new InvalidOperationException($"The job is {job.Status}: {job.Error}\n{log}");
    }

    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        try
        {
            while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(200), Token);
        }
        catch (OperationCanceledException exception) when (Token.IsCancellationRequested)
        {
            throw new TimeoutException($"In the time there was, it did not become so that {what}.\n{Log}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _limit.Dispose();
    }

    private async Task PutAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await Http.PutAsync(path, content, Token);
        if (answer.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
    }
}
