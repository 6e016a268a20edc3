using System.Buffers.Binary;

namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>Takes bounded values from bytes, in order.</summary>
internal ref struct FileCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <exception cref="NetworkFileException">There are fewer.</exception>
    public ReadOnlySpan<byte> Bytes(long count, string what)
    {
        if (count > _left.Length) throw new NetworkFileException($"The network file ends within the {what}: {count:N0} bytes are needed, {_left.Length:N0} are left.");
        var taken = _left[..(int)count];
        _left = _left[(int)count..];
        return taken;
    }

    public int Byte(string what, int min, int max) => Bounded(Bytes(sizeof(byte), what)[0], what, min, max);

    public bool Boolean(string what) => Byte(what, 0, 1) == 1;

    public int Int32(string what, int min, int max) => Bounded(BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int), what)), what, min, max);

    public ushort UInt16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort), what));

    public ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong), what));

    /// <exception cref="NetworkFileException">It is not finite, or less than <paramref name="min"/>.</exception>
    public double Number(string what, double min = double.NegativeInfinity)
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double), what));
        return double.IsFinite(value) && value >= min ? value : throw new NetworkFileException($"The {what} of a network file cannot be {value}.");
    }

    /// <summary>So many finite numbers of 4 or 8 bytes, as a byte before them says.</summary>
    public double[] Values(long count, string what)
    {
        var width = Byte(what, sizeof(float), sizeof(double));
        if (width is not (sizeof(float) or sizeof(double))) throw new NetworkFileException($"The {what} of a network file have {width} bytes each; 4 or 8 are expected.");
        var taken = Bytes(count * width, what);
        var values = new double[count];
        for (var i = 0; i < values.Length; i++)
        {
            var at = taken[(i * width)..];
            values[i] = width == sizeof(float) ? BinaryPrimitives.ReadSingleLittleEndian(at) : BinaryPrimitives.ReadDoubleLittleEndian(at);
            if (!double.IsFinite(values[i])) throw new NetworkFileException($"The {what} of a network file hold a number that is not finite.");
        }
        return values;
    }

    /// <exception cref="NetworkFileException">Something follows.</exception>
    public readonly void End()
    {
        if (!_left.IsEmpty) throw new NetworkFileException($"{_left.Length:N0} bytes follow the end of the network file.");
    }

    private static int Bounded(int value, string what, int min, int max) =>
        value >= min && value <= max ? value : throw new NetworkFileException($"The {what} of a network file is {value}; {min} to {max} are allowed.");
}
