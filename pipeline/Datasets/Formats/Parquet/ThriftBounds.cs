namespace AIaaS.Pipeline.Datasets.Formats.Parquet;

/// <summary>
/// Walks Thrift compact data (the protocol of Parquet's footer and page headers) without building anything, so that depth
/// and lengths are known to be sound before a library recurses into them or allocates by them.
/// </summary>
internal ref struct ThriftBounds(ReadOnlySpan<byte> data)
{
    private const int MaxDepth = 24;
    private const int MaxVarint = 10;
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The first field (id 1) of the structs one level down: in a page header the number of values.</summary>
    public long InnerFirst { get; private set; }

    /// <summary>Takes a whole struct; the i32 and i64 fields of its top level are given to <paramref name="number"/> by field id.</summary>
    /// <returns>False when the data is cut off, nested too deeply, or declares lists longer than itself.</returns>
    public bool TrySkipStruct(scoped Span<long> number) => TryStruct(number, 0);

    private bool TryStruct(scoped Span<long> number, int depth)
    {
        if (depth > MaxDepth) return false;
        var id = 0;
        while (true)
        {
            if (!TryByte(out var header)) return false;
            if (header == 0) return true;
            var type = header & 0x0F;
            if (header >> 4 is var delta and not 0)
            {
                id += delta;
            }
            else
            {
                if (!TryVarint(out var raw)) return false;
                id = (int)Unzigzag(raw) & 0xFFFF;
            }
            if (type is >= 4 and <= 6)
            {
                if (!TryVarint(out var raw)) return false;
                if (id < number.Length) number[id] = Unzigzag(raw);
                if (depth == 1 && id == 1) InnerFirst = Unzigzag(raw);
            }
            else if (!TryValue(type, depth, inStruct: true))
            {
                return false;
            }
        }
    }

    private bool TryValue(int type, int depth, bool inStruct) => type switch
    {
        // In a struct the type itself is the boolean; in a list it takes a byte.
        1 or 2 => inStruct || TrySkip(1),
        3 => TrySkip(1),
        4 or 5 or 6 => TryVarint(out _),
        7 => TrySkip(8),
        8 => TryVarint(out var length) && TrySkip(length),
        9 or 10 => TryList(depth + 1),
        11 => TryMap(depth + 1),
        12 => TryStruct([], depth + 1),
        13 => TrySkip(16),
        _ => false,
    };

    private bool TryList(int depth)
    {
        if (depth > MaxDepth || !TryByte(out var header)) return false;
        ulong count = (uint)header >> 4;
        if (count == 15 && !TryVarint(out count)) return false;
        if (count > (ulong)(_data.Length - Position)) return false;
        for (ulong i = 0; i < count; i++)
        {
            if (!TryValue(header & 0x0F, depth, inStruct: false)) return false;
        }
        return true;
    }

    private bool TryMap(int depth)
    {
        if (depth > MaxDepth || !TryVarint(out var count)) return false;
        if (count == 0) return true;
        if (count > (ulong)(_data.Length - Position) || !TryByte(out var types)) return false;
        for (ulong i = 0; i < count; i++)
        {
            if (!TryValue(types >> 4, depth, inStruct: false) || !TryValue(types & 0x0F, depth, inStruct: false)) return false;
        }
        return true;
    }

    private bool TrySkip(ulong count)
    {
        if (count > (ulong)(_data.Length - Position)) return false;
        Position += (int)count;
        return true;
    }

    private bool TryByte(out byte value)
    {
        value = 0;
        if (Position >= _data.Length) return false;
        value = _data[Position++];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxVarint; i++)
        {
            if (!TryByte(out var part)) return false;
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80) return true;
        }
        return false;
    }

    private static long Unzigzag(ulong raw) => (long)(raw >> 1) ^ -(long)(raw & 1);
}
