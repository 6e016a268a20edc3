namespace AIaaS.Pipeline.Inference.Tensors;

/// <summary>Arithmetic on shapes that came from outside.</summary>
public static class TensorShape
{
    /// <summary>"[-1,28,28,1]".</summary>
    public static string Format(ReadOnlySpan<long> shape) => $"[{string.Join(',', shape.ToArray())}]";

    /// <summary>The number of elements; false when it does not fit an int, or a dimension is below 1.</summary>
    public static bool TryCount(ReadOnlySpan<long> shape, out int count)
    {
        long product = 1;
        count = 0;
        foreach (var dimension in shape)
        {
            if (dimension < 1 || dimension > int.MaxValue) return false;
            product *= dimension;
            if (product > int.MaxValue) return false;
        }
        count = (int)product;
        return true;
    }
}
