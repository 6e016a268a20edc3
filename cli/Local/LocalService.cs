using AIaaS.Cli.CommandLine;
using AIaaS.Local;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Cli.Local;

/// <summary>The whole service on one machine: Azurite, the Function App and the job loop. Disposing stops them in the order that loses nothing.</summary>
public sealed class LocalService : IAsyncDisposable
{
    // Disposed last to first.
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _jobs = Task.CompletedTask;
    private Task _functions = Task.CompletedTask;
    private Task _storage = Task.CompletedTask;

    private LocalService() => Endpoint = null!;

    public Endpoint Endpoint { get; private set; }

    /// <summary>Returns when requests are answered; <paramref name="report"/> is told what is being done, for people.</summary>
    /// <exception cref="CliException">The folder is in use, a port is taken, something is missing or does not start.</exception>
    public static async Task<LocalService> StartAsync(LocalServiceOptions options, Action<string> report, CancellationToken cancellationToken)
    {
        var data = options.Data;
        data.Create();
        var service = new LocalService();
        try
        {
            await service.StartAsync(options, data, report, cancellationToken);
            return service;
        }
        catch (InvalidOperationException exception)
        {
            await service.DisposeAsync();
            throw new CliException(ExitCodes.Failed, exception.Message, innerException: exception);
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs until canceled.</summary>
    /// <exception cref="CliException">A part ended by itself and does not come back.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var canceled = Task.Delay(Timeout.Infinite, cancellationToken);
        var ended = await Task.WhenAny(canceled, _functions, _storage, _jobs);
        if (ended == canceled) return;
        await ended;
        throw new CliException(ExitCodes.Failed, ended == _storage ? "Azurite ended by itself." : "A part of the service ended by itself.", $"See the logs in {Path.Combine(Endpoint.Data, "logs")}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _jobs.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task StartAsync(LocalServiceOptions options, DataFolder data, Action<string> report, CancellationToken cancellationToken)
    {
        _parts.Push(data.Lock());
        var port = FreePort.Choose(options.Port);
        var components = Components.Find();

        report("Restoring npm packages");
        await NpmPackages.EnsureAsync(components.NpmRoot, cancellationToken);
        report("Starting storage (Azurite)");
        var storage = await AzuriteProcess.StartAsync(new AzuriteOptions(data.Storage, components.NpmRoot), cancellationToken);
        _parts.Push(storage);
        _storage = storage.WaitForExitAsync(CancellationToken.None);

        report("Starting the Function App");
        var settings = ServiceSettings.For(data, storage.ConnectionString);
        var functionsLog = Log(data, "functions", options);
        var url = Url(port);
        FunctionApp functions;
        try
        {
            functions = await StartAsync(url);
        }
        catch (CliException) when (options.Port is null && !FreePort.IsFree(port))
        {
            // Another program took the port after it was seen to be free.
            url = Url(FreePort.Any());
            functions = await StartAsync(url);
        }
        _parts.Push(functions);
        _functions = functions.Supervision;

        var bus = new ServiceBusClient(storage.ConnectionString);
        _parts.Push(bus);
        var trainingLog = Log(data, "training", options);
        var trainer = new Trainer(components.Trainer, settings, trainingLog);
        _jobs = new JobLoop(JobLoop.Receiver(bus), options.Jobs, trainer.RunAsync, TimeProvider.System, trainingLog.Write).RunAsync(_stopping.Token);

        Endpoint = new Endpoint(url, AccessKeys.ReadDefault(data.Secrets), storage.ConnectionString, data.Path, Environment.ProcessId);
        Endpoint.Write(data);
        _parts.Push(new Removal(() => Endpoint.Delete(data)));

        Task<FunctionApp> StartAsync(Uri url) =>
            FunctionApp.StartAsync(
                components.FunctionApp, url, data.Secrets, new(settings) { ["ASPNETCORE_URLS"] = url.AbsoluteUri.TrimEnd('/') }, functionsLog, cancellationToken);
    }

    private static Uri Url(int port) => new($"http://127.0.0.1:{port}/");

    private LogFile Log(DataFolder data, string name, LocalServiceOptions options)
    {
        var log = new LogFile(data.Logs, name, options.Console);
        _parts.Push(new Removal(log.Dispose));
        return log;
    }

    private sealed class Removal(Action remove) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            remove();
            return ValueTask.CompletedTask;
        }
    }
}
