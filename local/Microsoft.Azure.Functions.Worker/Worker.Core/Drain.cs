namespace Microsoft.Azure.Functions.Worker;

/// <summary>The end of the host's patience: cancelled when functions still run after the time for draining.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _over = new();

    /// <summary>The token that functions of every trigger but HTTP are given.</summary>
    public CancellationToken Token => _over.Token;

    public Task EndAsync() => _over.CancelAsync();

    public void Dispose() => _over.Dispose();
}
