namespace AIaaS.Models.Onnx.Inspection;

/// <summary>Checks the declared types of values: nesting, and shapes against overflow and limit.</summary>
internal sealed class TypeScan(Budget budget)
{
    /// <summary>Types nest (a sequence of maps of tensors); shapes sit in field 2 of tensor (1) and sparse tensor (8) types.</summary>
    public void Read(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field is 1 or 8) ReadTensorType(reader.ReadBytes());
            else if (reader.Field is 4 or 5 or 9) ReadElementType(reader.ReadBytes(), field: reader.Field == 5 ? 2 : 1);
            else budget.Skip(ref reader);
        }
        budget.LeaveMessage();
    }

    private void ReadElementType(ReadOnlySpan<byte> message, int field)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == field) Read(reader.ReadBytes());
            else reader.Skip();
        }
        budget.LeaveMessage();
    }

    private void ReadTensorType(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2) ReadShape(reader.ReadBytes());
            else reader.Skip();
        }
        budget.LeaveMessage();
    }

    private void ReadShape(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var shape = new ShapeCount(budget.Limits);
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) shape.Add(ReadDimension(reader.ReadBytes()));
            else reader.Skip();
        }
        budget.LeaveMessage();
    }

    /// <returns>The dimension; 1 where it is unknown (a name, nothing, or -1 as some exporters write).</returns>
    private long ReadDimension(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        long dimension = 1;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) dimension = reader.ReadInteger() is var value && value == -1 ? 1 : value;
            else budget.Skip(ref reader);
        }
        budget.LeaveMessage();
        return dimension;
    }
}
