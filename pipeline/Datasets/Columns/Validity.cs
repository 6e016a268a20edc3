using Apache.Arrow;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Which values are there, a bit each, least significant first (Arrow's validity bitmap).</summary>
internal sealed class Validity
{
    private readonly GrowingBuffer<byte> _bits = new();
    private int _count;

    public int Missing { get; private set; }

    public void Add(bool isThere)
    {
        var bit = _count++ % 8;
        if (bit == 0) _bits.Add(0);
        if (isThere)
        {
            _bits.Advance(-1);
            ref var last = ref _bits.Reserve(1)[0];
            last |= (byte)(1 << bit);
            _bits.Advance(1);
        }
        else
        {
            Missing++;
        }
    }

    public void Clear()
    {
        _bits.Clear();
        _count = 0;
        Missing = 0;
    }

    public ArrowBuffer ToArrow() => Missing == 0 ? ArrowBuffer.Empty : _bits.ToArrow();
}
