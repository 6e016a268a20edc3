using System.Collections.Concurrent;

namespace AIaaS.Homomorphic.Ring;

/// <summary>Hands out buffers and takes them back, so that steady work allocates nothing.</summary>
/// <remarks>What is kept is bounded by <paramref name="maxBytes"/>; beyond it, returned buffers are left to the collector.</remarks>
internal sealed class ResiduePool(int degree, long maxBytes)
{
    private readonly ConcurrentDictionary<int, ConcurrentBag<ResidueBuffer>> _free = new();
    private long _kept;

    public ResidueBuffer Rent(int rows)
    {
        if (_free.TryGetValue(rows, out var bag) && bag.TryTake(out var buffer))
        {
            Interlocked.Add(ref _kept, -Bytes(rows));
            return buffer;
        }
        return new ResidueBuffer(degree, rows);
    }

    /// <param name="buffer">Not used again by whoever returns it.</param>
    /// <param name="secret">Zeroed first.</param>
    public void Return(ResidueBuffer buffer, bool secret = false)
    {
        if (secret) buffer.Clear();
        if (Interlocked.Add(ref _kept, Bytes(buffer.Rows)) > maxBytes)
        {
            Interlocked.Add(ref _kept, -Bytes(buffer.Rows));
            return;
        }
        _free.GetOrAdd(buffer.Rows, static _ => []).Add(buffer);
    }

    private long Bytes(int rows) => (long)rows * degree * sizeof(double);
}
