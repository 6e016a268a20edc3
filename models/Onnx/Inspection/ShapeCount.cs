namespace AIaaS.Models.Onnx.Inspection;

/// <summary>The product of dimensions as they are read; unknown ones count as one.</summary>
internal struct ShapeCount(OnnxLimits limits)
{
    private int _rank;

    public long Elements { get; private set; } = 1;

    /// <summary>A repeated int64, packed or not.</summary>
    public void Dimensions(ref WireReader reader)
    {
        if (reader.WireType != WireReader.Bytes)
        {
            Add(reader.ReadInteger());
            return;
        }
        var packed = new WireReader(reader.ReadBytes());
        while (!packed.IsEmpty) Add((long)packed.ReadVarint());
    }

    public void Add(long dimension)
    {
        if (++_rank > limits.TensorRank)
            throw new ModelRefusedException(ModelRefusal.TensorSize, $"A tensor has more than {limits.TensorRank} dimensions.");
        if (dimension < 0)
            throw new ModelRefusedException(ModelRefusal.TensorSize, $"A tensor has the dimension {dimension}.");
        var product = (Int128)Elements * dimension;
        if (product > limits.TensorElements || dimension > limits.TensorElements)
            throw new ModelRefusedException(ModelRefusal.TensorSize, $"A tensor has more than {limits.TensorElements} elements.");
        Elements = (long)product;
    }
}
