namespace Microsoft.Azure.Functions.Worker;

/// <summary>Waits for what triggers one function, and runs it.</summary>
internal interface ITriggerListener
{
    string FunctionName { get; }

    /// <summary>Returns once what it listens to is there and listening has begun.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Takes no more work from now on; the task ends when the work at hand has.</summary>
    Task StopAsync();
}
