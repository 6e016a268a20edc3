using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace AIaaS.Client;

/// <summary>A tensor of the Open Inference Protocol V2 in its binary form.</summary>
/// <param name="Name">Of the model's input or output.</param>
/// <param name="Datatype">FP32, UINT8, BYTES …</param>
/// <param name="Shape">The first dimension is the batch.</param>
/// <param name="Data">Row-major, little-endian; BYTES elements behind their length in 4 bytes.</param>
public sealed record InferenceTensor(string Name, string Datatype, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>FP32.</summary>
    public static InferenceTensor Of(string name, IReadOnlyList<long> shape, params ReadOnlySpan<float> values) => new(name, "FP32", shape, Bytes(values));

    /// <summary>FP64.</summary>
    public static InferenceTensor Of(string name, IReadOnlyList<long> shape, params ReadOnlySpan<double> values) => new(name, "FP64", shape, Bytes(values));

    /// <summary>UINT8: pixels.</summary>
    public static InferenceTensor Of(string name, IReadOnlyList<long> shape, params ReadOnlySpan<byte> values) => new(name, "UINT8", shape, values.ToArray());

    /// <summary>BYTES: texts.</summary>
    public static InferenceTensor Of(string name, IReadOnlyList<long> shape, params ReadOnlySpan<string> values)
    {
        var elements = new byte[values.Length][];
        for (var i = 0; i < values.Length; i++) elements[i] = Encoding.UTF8.GetBytes(values[i]);
        return OfBytes(name, shape, elements);
    }

    /// <summary>BYTES.</summary>
    public static InferenceTensor OfBytes(string name, IReadOnlyList<long> shape, IReadOnlyList<byte[]> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        var data = new byte[elements.Sum(element => sizeof(uint) + element.Length)];
        var at = 0;
        foreach (var element in elements)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(at), (uint)element.Length);
            element.CopyTo(data, at + sizeof(uint));
            at += sizeof(uint) + element.Length;
        }
        return new InferenceTensor(name, "BYTES", shape, data);
    }

    /// <summary>The values of an FP32 tensor.</summary>
    /// <exception cref="InvalidOperationException">It is of another datatype.</exception>
    public float[] ToSingles() => Datatype == "FP32"
        ? MemoryMarshal.Cast<byte, float>(Data.Span).ToArray()
        : throw new InvalidOperationException($"The tensor '{Name}' is {Datatype}, not FP32.");

    /// <summary>The elements of a BYTES tensor.</summary>
    /// <exception cref="InvalidOperationException">It is of another datatype, or its lengths do not add up.</exception>
    public IReadOnlyList<byte[]> ToElements()
    {
        if (Datatype != "BYTES") throw new InvalidOperationException($"The tensor '{Name}' is {Datatype}, not BYTES.");
        var elements = new List<byte[]>();
        for (var left = Data.Span; !left.IsEmpty;)
        {
            if (left.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(left) is var length && length > left.Length - sizeof(uint))
                throw new InvalidOperationException($"The lengths in the tensor '{Name}' do not add up.");
            elements.Add(left.Slice(sizeof(uint), (int)length).ToArray());
            left = left[(sizeof(uint) + (int)length)..];
        }
        return elements;
    }

    public IReadOnlyList<string> ToTexts() => [.. ToElements().Select(Encoding.UTF8.GetString)];

    private static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();
}
