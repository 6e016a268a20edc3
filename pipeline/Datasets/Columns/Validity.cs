using Apache.Arrow;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Which values are there, a bit each, least significant first (Arrow's validity bitmap); no bits until one is missing.</summary>
internal sealed class Validity
{
    private byte[] _bits = [];
    private int _count;

    public int Missing { get; private set; }

    public void Add(bool isThere)
    {
        if (!isThere || Missing > 0) SetBit(isThere);
        _count++;
    }

    public void Clear()
    {
        _count = 0;
        Missing = 0;
    }

    /// <summary>Lent: valid until something is added after <see cref="Clear"/>.</summary>
    public ArrowBuffer ToArrow() => Missing == 0 ? ArrowBuffer.Empty : new ArrowBuffer(_bits.AsMemory(0, (_count + 7) / 8));

    private void SetBit(bool isThere)
    {
        if (_bits.Length <= _count / 8) System.Array.Resize(ref _bits, Math.Max(_bits.Length * 2, _count / 8 + 64));
        // The first that is missing: all before it are there.
        if (Missing == 0) _bits.AsSpan(0, _count / 8 + 1).Fill(0xFF);
        var bit = (byte)(1 << (_count % 8));
        ref var bits = ref _bits[_count / 8];
        if (isThere)
        {
            bits |= bit;
        }
        else
        {
            bits &= (byte)~bit;
            Missing++;
        }
    }
}
