using AIaaS.Testing;

namespace AIaaS.EndToEnd;

/// <summary>The whole service: the Function App as a child process, and a loop that runs the trainer as KEDA would, one execution after the other.</summary>
public sealed class Service : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly string? _madeFolder;
    private Task _trainers = Task.CompletedTask;

    private Service(ServiceSettings settings, FunctionAppProcess app, string? madeFolder)
    {
        Settings = settings;
        App = app;
        _madeFolder = madeFolder;
    }

    public ServiceSettings Settings { get; }

    public FunctionAppProcess App { get; private set; }

    public HttpClient Client => App.Client;

    /// <summary>Everything the trainers wrote so far.</summary>
    public string TrainerLog { get; private set; } = "";

    /// <param name="storage">Connection string of an Azurite.</param>
    /// <param name="trainers">False leaves training to the test.</param>
    /// <param name="queueOptions">As in <see cref="ServiceSettings"/>.</param>
    /// <param name="settings">Further app settings.</param>
    public static async Task<Service> StartAsync(
        string storage, bool trainers = true, string queueOptions = "", IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("aiaas-service-").FullName;
        var service = await StartAsync(new ServiceSettings(storage, folder, queueOptions, settings), trainers, folder);
        return service;
    }

    public static Task<Service> StartAsync(ServiceSettings settings, bool trainers) => StartAsync(settings, trainers, madeFolder: null);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _trainers;
        await App.DisposeAsync();
        _stopping.Dispose();
        if (_madeFolder is not null) Directory.Delete(_madeFolder, recursive: true);
    }

    private static async Task<Service> StartAsync(ServiceSettings settings, bool trainers, string? madeFolder)
    {
        var app = await FunctionAppProcess.StartAsync(settings) ?? throw new InvalidOperationException("The Function App did not start.");
        var service = new Service(settings, app, madeFolder);
        if (trainers) service._trainers = service.TrainAsync();
        return service;
    }

    private async Task TrainAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var (exitCode, log) = await TrainerProcess.RunAsync(Settings, cancellationToken: _stopping.Token);
                TrainerLog += log;
                // A trainer that cannot even start would be started again for ever.
                if (exitCode != 0) await Task.Delay(TimeSpan.FromSeconds(1), _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
