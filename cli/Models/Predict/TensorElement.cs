using System.Buffers.Binary;
using System.Text;

namespace AIaaS.Cli.Models.Predict;

/// <summary>One value in the protocol's binary form: little-endian, BYTES with a 4-byte length.</summary>
public static class TensorElement
{
    /// <exception cref="CommandLine.CliException">The value does not fit the datatype.</exception>
    public static byte[] Encode(string datatype, double value, string input)
    {
        var bytes = new byte[Size(datatype)];
        switch (datatype)
        {
            case "BOOL": bytes[0] = value == 0 ? (byte)0 : (byte)1; break;
            case "UINT8": bytes[0] = (byte)Integer(value, byte.MinValue, byte.MaxValue, datatype, input); break;
            case "INT8": bytes[0] = unchecked((byte)(sbyte)Integer(value, sbyte.MinValue, sbyte.MaxValue, datatype, input)); break;
            case "UINT16": BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)Integer(value, ushort.MinValue, ushort.MaxValue, datatype, input)); break;
            case "INT16": BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)Integer(value, short.MinValue, short.MaxValue, datatype, input)); break;
            case "UINT32": BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Integer(value, uint.MinValue, uint.MaxValue, datatype, input)); break;
            case "INT32": BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)Integer(value, int.MinValue, int.MaxValue, datatype, input)); break;
            case "UINT64": BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)Integer(value, 0, 1L << 53, datatype, input)); break;
            case "INT64": BinaryPrimitives.WriteInt64LittleEndian(bytes, Integer(value, -(1L << 53), 1L << 53, datatype, input)); break;
            case "FP16": BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value); break;
            case "FP32": BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value); break;
            case "FP64": BinaryPrimitives.WriteDoubleLittleEndian(bytes, value); break;
            default: throw SampleReader.Refuse($"The model's input '{input}' is of type {datatype}, which takes no numbers.");
        }
        return bytes;
    }

    public static byte[] Encode(string text)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(4));
        return bytes;
    }

    private static int Size(string datatype) => datatype switch
    {
        "UINT16" or "INT16" or "FP16" => 2,
        "UINT32" or "INT32" or "FP32" => 4,
        "UINT64" or "INT64" or "FP64" => 8,
        _ => 1,
    };

    private static long Integer(double value, long least, long most, string datatype, string input) =>
        Math.Round(value) == value && value >= least && value <= most
            ? (long)value
            : throw SampleReader.Refuse($"{value} does not fit the model's input '{input}', which takes {datatype} ({least} to {most}).");
}
