using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Circuits.Layouts;

/// <summary>Which products each instance forms: instance t multiplies the inputs rotated by t with plaintexts of weights.</summary>
/// <remarks>
/// Slot s of instance t sees the column that the input holds in slot s + t, and works for the row that the layout gives slot s.
/// A weight is placed where its (row, column) is seen first; the instances are complete when every weight is placed.
/// No fewer than rows * columns / slots instances can do it.
/// </remarks>
internal sealed class InstanceCover
{
    private readonly IReadOnlyList<SlotMap> _inputs;
    private readonly List<(int Slot, int Row)> _working = [];
    private readonly int _columns;
    private readonly bool[] _placed;
    private readonly int _slots;
    private int _left;

    /// <param name="inputs">Of one slot count.</param>
    /// <param name="layout">Of the outputs.</param>
    /// <param name="columns">Elements the inputs' maps count to.</param>
    /// <param name="structure">Whether the weight at (row, column) exists at all; null means all do.</param>
    public InstanceCover(IReadOnlyList<SlotMap> inputs, RowLayout layout, int columns, Func<int, int, bool>? structure = null)
    {
        _inputs = inputs;
        _slots = inputs[0].SlotCount;
        _columns = columns;
        for (var slot = 0; slot < _slots; slot++)
            if (layout.RowOf(slot) is var row and not SlotMap.Empty) _working.Add((slot, row - layout.First));
        _placed = new bool[layout.Count * columns];
        _left = _placed.Length;
        for (var i = 0; structure is not null && i < _placed.Length; i++)
            if (!structure(layout.First + i / columns, i % columns)) (_placed[i], _left) = (true, _left - 1);
    }

    /// <param name="limit">More instances are not wanted.</param>
    /// <returns>How many instances it takes, or limit + 1 when more than the limit.</returns>
    public int Count(int limit)
    {
        var perInstance = (long)_inputs.Count * _working.Count;
        var count = 0;
        while (_left > 0)
        {
            if (count >= limit || (limit - count) * perInstance < _left) return limit + 1;
            for (var input = 0; input < _inputs.Count; input++) Place(input, count, null);
            count++;
        }
        return count;
    }

    /// <returns>Per instance and input the column whose weight stands in each slot, or <see cref="SlotMap.Empty"/>.</returns>
    /// <exception cref="HomomorphicException">Some weight is never seen: a column is in no slot, or never reaches its row.</exception>
    public List<int[][]> Columns()
    {
        var instances = new List<int[][]>();
        while (_left > 0)
        {
            if (instances.Count == _slots) throw new HomomorphicException($"{_left} weights find no slot: the inputs' slot maps do not bring every column to every row.");
            var t = instances.Count;
            instances.Add([.. _inputs.Select((_, input) =>
            {
                var columns = new int[_slots];
                Array.Fill(columns, SlotMap.Empty);
                Place(input, t, columns);
                return columns;
            })]);
        }
        return instances;
    }

    private void Place(int input, int instance, int[]? columns)
    {
        var elements = _inputs[input].Elements.AsSpan();
        foreach (var (slot, row) in CollectionsMarshal.AsSpan(_working))
        {
            var seen = slot + instance;
            var column = elements[seen < _slots ? seen : seen - _slots];
            if (column < 0) continue;
            ref var placed = ref _placed[row * _columns + column];
            if (placed) continue;
            placed = true;
            _left--;
            if (columns is not null) columns[slot] = column;
        }
    }
}
