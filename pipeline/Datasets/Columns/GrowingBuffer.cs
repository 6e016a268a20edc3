using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Values appended one by one and lent to Arrow as they lie; the array is kept from shard to shard, for it is large.</summary>
internal sealed class GrowingBuffer<T>
    where T : unmanaged
{
    private byte[] _bytes = new byte[256];

    public int Count { get; private set; }

    public int Bytes => Count * Unsafe.SizeOf<T>();

    public void Add(T item)
    {
        var at = Bytes;
        if (_bytes.Length - at < Unsafe.SizeOf<T>()) Reserve(1);
        Unsafe.WriteUnaligned(ref _bytes[at], item);
        Count++;
    }

    /// <summary>Room for <paramref name="count"/> items after those that count; they count once <see cref="Advance"/> says so.</summary>
    public Span<T> Reserve(int count)
    {
        var needed = checked(Bytes + count * Unsafe.SizeOf<T>());
        if (_bytes.Length < needed) System.Array.Resize(ref _bytes, Math.Max(checked(_bytes.Length * 2), needed));
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(Bytes, needed - Bytes));
    }

    public void Advance(int count) => Count += count;

    public void Clear() => Count = 0;

    /// <summary>Lent: valid until something is added after <see cref="Clear"/>.</summary>
    public ArrowBuffer ToArrow() => new(_bytes.AsMemory(0, Bytes));
}
