using System.Net;
using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Testing;

namespace AIaaS.EndToEnd.Faults;

/// <summary>What is left when everything is over.</summary>
/// <param name="ModelSha256">Of the one version's ONNX bytes.</param>
/// <param name="Versions">Must be 1.</param>
/// <param name="Status">Of the job.</param>
/// <param name="Drops">Files still in the clear; must be none.</param>
public sealed record Outcome(string ModelSha256, int Versions, JobStatus Status, IReadOnlyList<string> Drops);

/// <summary>The main job as a stubborn client does it: whatever dies is started again, whatever got no answer is asked again.</summary>
public sealed class MainJob(World world, FaultCase? fault, int seed) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly StringBuilder _log = new();
    private FunctionAppProcess? _app;
    private bool _appMayDie = fault is { InTrainer: false };

    /// <summary>How often a process died by the fault; a case that kills nothing tests nothing.</summary>
    public int Deaths { get; private set; }

    public string Log => _log + (_app?.Log ?? "");

    public async Task<Outcome> RunAsync()
    {
        await StartAppAsync();
        await AskAsync(HttpMethod.Put, $"datasets/{World.Name}/flowers.csv", World.Flowers(seed));
        await UntilAsync(async () => await FindDatasetAsync() is { Status: DatasetStatus.Ready } && (await world.DropsAsync()).Count == 0, "the dataset is ready and its drop deleted");
        await AskAsync(HttpMethod.Put, "jobs/one", Encoding.UTF8.GetBytes(World.Job(seed)));
        await TrainAsync();
        await UntilAsync(() => Task.FromResult(fault is null || Deaths > 0), "the fault has struck");

        var model = await world.Models.GetAsync(World.Name, _limit.Token);
        var job = await world.Jobs.GetAsync("one", _limit.Token);
        return new Outcome(model is { Versions: [{ } only, ..] } ? only.ModelSha256 : "", model?.Versions.Count ?? 0, job.Status, await world.DropsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _limit.Dispose();
    }

    private async Task TrainAsync()
    {
        var mayDie = fault is { InTrainer: true };
        // Even a job that is over may have a message left: its acknowledgement is what some cases kill.
        while (!(await world.Jobs.GetAsync("one", _limit.Token)).IsFinal || mayDie)
        {
            var (exitCode, log) = await TrainerProcess.RunAsync(world.Settings, mayDie ? fault!.Setting : null, cancellationToken: _limit.Token);
            _log.Append(log);
            if (mayDie) CountDeath(exitCode, log);
            mayDie = false;
            await EnsureAppAsync();
        }
    }

    private void CountDeath(int exitCode, string log)
    {
        if (exitCode != 137) throw new InvalidOperationException($"{fault} killed nothing: exit code {exitCode}\n{log}");
        Deaths++;
    }

    private async Task<DatasetRecord?> FindDatasetAsync()
    {
        await EnsureAppAsync();
        return await world.Datasets.ListAsync(_limit.Token).FirstOrDefaultAsync(dataset => dataset.Name == World.Name, _limit.Token);
    }

    private async Task StartAppAsync() => _app = await FunctionAppProcess.StartAsync(world.Settings, _appMayDie ? fault!.Setting : null, _limit.Token);

    private async Task EnsureAppAsync()
    {
        if (_app is { HasExited: false }) return;
        if (_app is not null)
        {
            var exitCode = await _app.WaitForExitAsync(_limit.Token);
            _log.Append(_app.Log);
            if (!_appMayDie) throw new InvalidOperationException($"The Function App ended by itself with {exitCode}:\n{_app.Log}");
            CountDeath(exitCode, _app.Log);
            await _app.DisposeAsync();
        }
        _appMayDie = false;
        await StartAppAsync();
    }

    private async Task AskAsync(HttpMethod method, string path, byte[] body)
    {
        await UntilAsync(async () =>
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
                using var answer = await _app!.Client.SendAsync(request, _limit.Token);
                if (answer.StatusCode == HttpStatusCode.Accepted) return true;
                if ((int)answer.StatusCode < 500) throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(_limit.Token)}");
            }
            catch (HttpRequestException)
            {
                // Died under the request; started again below.
            }
            await EnsureAppAsync();
            return false;
        }, $"{method} {path} is accepted");
    }

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        try
        {
            while (!await condition())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), _limit.Token);
                await EnsureAppAsync();
            }
        }
        catch (OperationCanceledException exception) when (_limit.IsCancellationRequested)
        {
            throw new TimeoutException($"After {Limit.TotalMinutes} min it is not so that {what} ({fault?.ToString() ?? "no fault"}).\n{Log}", exception);
        }
    }
}
