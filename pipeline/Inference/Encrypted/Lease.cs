namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>The right to use something in memory until disposed.</summary>
internal sealed class Lease<T>(T value, Action leave) : IDisposable
{
    private Action? _leave = leave;

    public T Value => value;

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
