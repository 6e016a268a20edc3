using System.Runtime.InteropServices;
using Apache.Arrow;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Values appended one by one; the array is kept from shard to shard.</summary>
internal sealed class GrowingBuffer<T>
    where T : unmanaged
{
    private T[] _items = new T[64];

    public int Count { get; private set; }

    public int Bytes => Count * Marshal.SizeOf<T>();

    public void Add(T item)
    {
        if (Count == _items.Length) System.Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    /// <summary>Room for <paramref name="count"/> items after those that count; they count once <see cref="Advance"/> says so.</summary>
    public Span<T> Reserve(int count)
    {
        if (_items.Length - Count < count) System.Array.Resize(ref _items, Math.Max(_items.Length * 2, Count + count));
        return _items.AsSpan(Count, count);
    }

    public void Advance(int count) => Count += count;

    public void Clear() => Count = 0;

    /// <summary>A copy, as Arrow wants bytes.</summary>
    public ArrowBuffer ToArrow() => new(MemoryMarshal.AsBytes(_items.AsSpan(0, Count)).ToArray());
}
