namespace AIaaS.Models.Onnx.Inspection;

/// <summary>Checks tensors and shapes: dimensions against overflow and limit, and data against dimensions.</summary>
/// <remarks>A loader that trusts the dimensions allocates them before it looks at the data; so they must agree beforehand.</remarks>
internal static class TensorScan
{
    private const int StringType = 8;

    /// <returns>The tensor's name.</returns>
    public static string Read(ReadOnlySpan<byte> message, Budget budget)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        var shape = new ShapeCount(budget.Limits);
        var name = "";
        long type = 0, values = 0;
        int? rawBytes = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: shape.Dimensions(ref reader); break;
                case 2: type = reader.ReadInteger(); break;
                case 4: values += reader.SkipNumbers(4); break;
                case 5 or 7 or 11: values += reader.SkipNumbers(0); break;
                case 10: values += reader.SkipNumbers(8); break;
                case 6:
                    budget.Text();
                    values++;
                    reader.Skip();
                    break;
                case 8:
                    budget.Text();
                    name = reader.ReadName(budget.Limits.NameBytes);
                    break;
                case 9 when rawBytes is not null: throw WireReader.Malformed("a tensor has its data twice");
                case 9: rawBytes = reader.ReadBytes().Length; break;
                case 13: throw External();
                case 14 when reader.ReadInteger() != 0: throw External();
                case 14: break;
                default: reader.Skip(); break;
            }
        }
        CheckData(type, shape.Elements, values, rawBytes);
        budget.LeaveMessage();
        return name;
    }

    private static void CheckData(long type, long elements, long values, int? rawBytes)
    {
        if (rawBytes is not null && (values > 0 || type == StringType)) throw WireReader.Malformed("a tensor has its data in two forms");
        var bits = Bits(type);
        if (bits == 0) throw new ModelRefusedException(ModelRefusal.Malformed, $"A tensor has element type {type}, which is not supported.");
        if (rawBytes is { } raw)
        {
            if (raw != ((Int128)elements * bits + 7) / 8)
                throw new ModelRefusedException(ModelRefusal.TensorSize, $"A tensor of {elements} elements holds {raw} bytes of data.");
            return;
        }
        // Complex numbers take two values each; types below 8 bits may pack several into one.
        var expected = type is 14 or 15 ? elements * 2 : elements;
        if (bits < 8 ? values > expected || values < (expected + 3) / 4 : values != expected)
            throw new ModelRefusedException(ModelRefusal.TensorSize, $"A tensor of {elements} elements holds {values} values.");
    }

    /// <summary>Width of a TensorProto.DataType; strings count as 8. 0 when unknown.</summary>
    private static int Bits(long type) => type switch
    {
        1 or 6 or 12 => 32,
        2 or 3 or 9 or StringType => 8,
        4 or 5 or 10 or 16 => 16,
        7 or 11 or 13 or 14 => 64,
        15 => 128,
        >= 17 and <= 20 => 8,
        21 or 22 or 23 => 4,
        24 => 8,
        25 or 26 => 2,
        _ => 0,
    };

    private static ModelRefusedException External() =>
        new(ModelRefusal.ExternalData, "It keeps weights outside the file (external data). Save the model as one file with its weights inside.");
}
