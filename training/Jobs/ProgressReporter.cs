using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Learning;
using Microsoft.Extensions.Logging;

namespace AIaaS.Training.Jobs;

/// <summary>Tells the job's record once a second how far the training is, which also keeps the lease, and hears of cancellation.</summary>
/// <remarks>Uses the lease until it is disposed; nobody else may meanwhile.</remarks>
internal sealed partial class ProgressReporter : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly JobLease _lease;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopWork;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;
    private volatile JobProgress? _latest;

    /// <param name="lease">Of the job.</param>
    /// <param name="stopWork">Canceled when the job was canceled or the lease is lost; <see cref="CancelRequested"/> and <see cref="Fault"/> say which.</param>
    /// <param name="time">For the interval.</param>
    /// <param name="logger">For reports that did not arrive.</param>
    public ProgressReporter(JobLease lease, CancellationTokenSource stopWork, TimeProvider time, ILogger logger)
    {
        _lease = lease;
        _time = time;
        _logger = logger;
        _stopWork = stopWork;
        _loop = Task.Run(RunAsync);
    }

    public bool CancelRequested { get; private set; }

    /// <summary>Why the work must stop although nobody asked for it: the lease is lost.</summary>
    public PipelineException? Fault { get; private set; }

    /// <summary>Cheap; called after every batch.</summary>
    public void Show(StepProgress step, int epochs, IReadOnlyList<EpochMetrics> history, double secondsLeft) =>
        _latest = new JobProgress(step.Epoch, epochs, step.Step, step.Steps, step.TrainLoss, secondsLeft, history);

    /// <summary>Ends reporting after what was shown last has been sent.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop;
        if (_latest is not null && Fault is null && !CancelRequested) await ReportAsync();
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            do await ReportAsync();
            while (Fault is null && !CancelRequested && await timer.WaitForNextTickAsync(_ended.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ReportAsync()
    {
        try
        {
            CancelRequested = await _lease.ReportAsync(_latest, CancellationToken.None);
        }
        catch (PipelineException problem) when (problem.IsTransient())
        {
            // The next second tries again; past the lease's end another worker takes over and this one is told so.
            LogNotReported(_logger, _lease.Job.Id, problem);
        }
        catch (PipelineException problem)
        {
            Fault = problem;
        }
        if (Fault is not null || CancelRequested) await _stopWork.CancelAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The progress of job {Job} could not be reported; trying again.")]
    private static partial void LogNotReported(ILogger logger, string job, Exception exception);
}
