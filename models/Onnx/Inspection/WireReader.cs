using System.Text;

namespace AIaaS.Models.Onnx.Inspection;

/// <summary>Reads one protobuf message from untrusted bytes without allocating. Every fault is a <see cref="ModelRefusedException"/>.</summary>
/// <remarks>Wire format: https://protobuf.dev/programming-guides/encoding/. Groups are refused: ONNX has none.</remarks>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    public const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = message;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public int Field { get; private set; }

    public int WireType { get; private set; }

    /// <summary>Moves to the next field; its value must then be read or skipped.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        var tag = ReadVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        WireType = (int)(tag & 7);
        if (Field is 0 or > 536_870_911) throw Malformed("a field number is out of range");
        if (WireType is not (Varint or Fixed64 or Bytes or Fixed32)) throw Malformed("a field has an unknown wire type");
        return true;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var i = 0; i < 10; i++)
        {
            if (i >= _rest.Length) throw Malformed("it ends in the middle of a number");
            var octet = _rest[i];
            value |= (ulong)(octet & 0x7f) << (7 * i);
            if (octet < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }
        throw Malformed("a number is longer than 10 bytes");
    }

    public long ReadInteger()
    {
        Expect(Varint);
        return (long)ReadVarint();
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(Bytes);
        var length = ReadVarint();
        if (length > (ulong)_rest.Length) throw Malformed("a part is longer than the file");
        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    public string ReadName(int limit)
    {
        var bytes = ReadBytes();
        if (bytes.Length > limit)
            throw new ModelRefusedException(ModelRefusal.TooLarge, $"A name has {bytes.Length} bytes; at most {limit} are allowed.");
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ModelRefusedException(ModelRefusal.Malformed, "The file is not valid ONNX: a name is not UTF-8.", exception);
        }
    }

    public void Skip()
    {
        switch (WireType)
        {
            case Varint: ReadVarint(); break;
            case Fixed64: SkipFixed(8); break;
            case Fixed32: SkipFixed(4); break;
            default: ReadBytes(); break;
        }
    }

    /// <summary>Skips a repeated number, packed or not. Returns how many numbers it held.</summary>
    /// <param name="size">Bytes of one packed number; 0 for varints.</param>
    public long SkipNumbers(int size)
    {
        if (WireType != Bytes)
        {
            Skip();
            return 1;
        }
        var packed = ReadBytes();
        if (size > 0)
            return packed.Length % size == 0 ? packed.Length / size : throw Malformed("a packed list has a part of a number");
        long count = 0;
        foreach (var octet in packed)
            if (octet < 0x80) count++;
        return count;
    }

    private void SkipFixed(int size)
    {
        if (_rest.Length < size) throw Malformed("it ends in the middle of a number");
        _rest = _rest[size..];
    }

    private readonly void Expect(int wireType)
    {
        if (WireType != wireType) throw Malformed($"field {Field} has wire type {WireType} instead of {wireType}");
    }

    public static ModelRefusedException Malformed(string what) =>
        new(ModelRefusal.Malformed, $"The file is not valid ONNX: {what}.");
}
