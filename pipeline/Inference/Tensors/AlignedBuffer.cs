using System.Collections.Concurrent;
using System.Numerics;

namespace AIaaS.Pipeline.Inference.Tensors;

/// <summary>A block of native memory, 64-byte aligned, that never moves: tensors are run straight from it.</summary>
/// <remarks>
/// Blocks up to 1 MiB are pooled, at most 16 of each power of two (32 MiB in all); larger ones are freed at once,
/// so memory follows what is in flight. Dispose exactly once, by the owner.
/// </remarks>
public sealed class AlignedBuffer : IDisposable
{
    private const int SmallestLog2 = 12;
    private const int LargestPooledLog2 = 20;
    private const int PooledPerSize = 16;

    private static readonly ConcurrentQueue<AlignedBuffer>[] Pools =
        [.. Enumerable.Range(SmallestLog2, LargestPooledLog2 - SmallestLog2 + 1).Select(_ => new ConcurrentQueue<AlignedBuffer>())];

    private readonly AlignedMemory _memory;
    private readonly int _log2;
    private int _rented;

    private AlignedBuffer(int log2, int capacity)
    {
        _log2 = log2;
        Capacity = capacity;
        _memory = new AlignedMemory(capacity);
    }

    public int Capacity { get; }

    public unsafe Span<byte> Span => new((void*)Address, Capacity);

    internal nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_rented == 0, this);
            return _memory.Address;
        }
    }

    /// <param name="length">At least this many bytes; content is not cleared.</param>
    public static AlignedBuffer Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var log2 = Math.Max(SmallestLog2, BitOperations.Log2((uint)Math.Max(length - 1, 1)) + 1);
        if (log2 > LargestPooledLog2) return new AlignedBuffer(log2, length) { _rented = 1 };
        if (!Pools[log2 - SmallestLog2].TryDequeue(out var buffer)) buffer = new AlignedBuffer(log2, 1 << log2);
        buffer._rented = 1;
        return buffer;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, 0) == 0) return;
        if (_log2 <= LargestPooledLog2 && Pools[_log2 - SmallestLog2] is { Count: < PooledPerSize } pool)
            pool.Enqueue(this);
        else
            _memory.Dispose();
    }
}
