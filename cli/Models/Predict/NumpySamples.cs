using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AIaaS.Cli.Models.Predict;

/// <summary>NPY versions 1 to 3, little-endian numbers in C order. Object arrays (pickle) are refused.</summary>
public static partial class NumpySamples
{
    public static TensorSamples Read(byte[] content)
    {
        var (header, begin) = Header(content);
        var match = Pattern().Match(header);
        if (!match.Success) throw SampleReader.Refuse("The NPY header cannot be read.");
        if (match.Groups["order"].Value == "True") throw SampleReader.Refuse("The NPY array is in Fortran order.", null);
        var shape = match.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static length => int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw SampleReader.Refuse("The NPY header has a length that is no positive number."))
            .ToArray();
        var (size, read) = Element(match.Groups["descr"].Value);
        var count = 1L;
        foreach (var length in shape)
        {
            if ((count *= length) > content.Length) throw SampleReader.Refuse("The NPY header promises more values than the file holds.");
        }
        if (content.Length - begin != count * size) throw SampleReader.Refuse($"The NPY header promises {count} values of {size} bytes, the file holds {content.Length - begin} bytes.");
        var values = new double[count];
        for (var i = 0; i < values.Length; i++) values[i] = read(content.AsSpan(begin + i * size, size));
        return new TensorSamples(shape, values);
    }

    private delegate double ReadElement(ReadOnlySpan<byte> bytes);

    private static (string Header, int Begin) Header(byte[] content)
    {
        const int magic = 8;
        var lengthBytes = content.Length > magic && content[6] >= 2 ? 4 : 2;
        if (content.Length < magic + lengthBytes) throw SampleReader.Refuse("The NPY file ends within its header.");
        var length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(magic)) : BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(magic));
        var begin = magic + lengthBytes + (long)length;
        return begin <= content.Length
            ? (Encoding.Latin1.GetString(content, magic + lengthBytes, (int)length), (int)begin)
            : throw SampleReader.Refuse("The NPY file ends within its header.");
    }

    private static (int Size, ReadElement Read) Element(string type) => type switch
    {
        "|u1" or "|b1" => (1, static bytes => bytes[0]),
        "|i1" => (1, static bytes => (sbyte)bytes[0]),
        "<u2" => (2, static bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        "<i2" => (2, static bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        "<u4" => (4, static bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        "<i4" => (4, static bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        "<i8" => (8, static bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        "<f2" => (2, static bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        "<f4" => (4, static bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        "<f8" => (8, static bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        "|O" => throw SampleReader.Refuse("The NPY array holds Python objects, which are never read."),
        _ => throw SampleReader.Refuse($"NPY elements of type {type} are not read."),
    };

    [GeneratedRegex(@"'descr':\s*'(?<descr>[^']+)'.*'fortran_order':\s*(?<order>True|False).*'shape':\s*\((?<shape>[0-9, ]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
