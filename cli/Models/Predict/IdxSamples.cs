using System.Buffers.Binary;

namespace AIaaS.Cli.Models.Predict;

/// <summary>IDX, the format of MNIST: 00 00, element type, dimensions, then big-endian lengths and values.</summary>
public static class IdxSamples
{
    public static TensorSamples Read(byte[] content)
    {
        const int header = 4;
        var dimensions = content[3];
        if (content[2] != 0x08) throw SampleReader.Refuse($"IDX with elements of type 0x{content[2]:x2}: only unsigned bytes (0x08) are read.");
        var begin = header + 4 * dimensions;
        if (content.Length < begin) throw SampleReader.Refuse("The IDX file ends within its header.");
        var shape = new int[dimensions];
        var count = 1L;
        for (var i = 0; i < dimensions; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(header + 4 * i));
            // Each factor is checked, so that the product cannot overflow.
            if (shape[i] <= 0 || (count *= shape[i]) > content.Length) throw SampleReader.Refuse("The IDX header promises more values than the file holds.");
        }
        if (content.Length - begin != count) throw SampleReader.Refuse($"The IDX header promises {count} values, the file holds {content.Length - begin}.");
        return new TensorSamples(shape, Array.ConvertAll(content[begin..], static value => (double)value));
    }
}
