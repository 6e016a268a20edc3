using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Tensors;

/// <summary>One array in a file or archive: its header believed only as far as it fits the limits.</summary>
/// <param name="File">The dropped file.</param>
/// <param name="Name">Of the array; the file's own where it holds one.</param>
/// <param name="Element">How an element is stored.</param>
/// <param name="Shape">The first dimension counts the rows.</param>
/// <param name="OpenDataAsync">The elements, row-major.</param>
internal sealed record TensorFile(
    string File, string Name, ElementType Element, IReadOnlyList<long> Shape, Func<CancellationToken, Task<Stream>> OpenDataAsync)
{
    public long Rows => Shape[0];

    /// <summary>Elements of one row; checked when made.</summary>
    public int RowElements { get; } = (int)Shape.Skip(1).Aggregate(1L, (product, length) => product * length);

    public int RowBytes => RowElements * Element.Size;

    /// <summary>One number a row: a vector, or a matrix of one column.</summary>
    public bool IsLabels => Shape.Count == 1 || (Shape.Count == 2 && Shape[1] == 1);

    public bool IsImages => Element.IsByte && (Shape.Count == 3 || (Shape.Count == 4 && Shape[3] is 1 or 3 or 4));

    /// <summary>[H, W, C] of an image, [n] of a vector.</summary>
    public IReadOnlyList<int> RowShape => IsImages
        ? [(int)Shape[1], (int)Shape[2], Shape.Count == 4 ? (int)Shape[3] : 1]
        : [RowElements];

    /// <summary>Checks a shape before anything is multiplied or allocated.</summary>
    /// <param name="name">For the error.</param>
    /// <param name="element">Of the array.</param>
    /// <param name="shape">As declared.</param>
    /// <param name="dataBytes">What follows the header where known; it must be exactly what the shape says.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="PipelineException">DatasetMalformed, DatasetTooLarge, DatasetEmpty.</exception>
    public static void Check(string name, ElementType element, IReadOnlyList<long> shape, long? dataBytes, DatasetLimits limits)
    {
        if (shape.Count == 0) throw new PipelineException(ProblemCodes.DatasetMalformed, $"{name} holds a single number and no rows.");
        if (shape.Any(length => length < 0)) throw new PipelineException(ProblemCodes.DatasetMalformed, $"{name} declares a negative dimension.");
        if (shape.Any(length => length == 0)) throw new PipelineException(ProblemCodes.DatasetEmpty, $"{name} holds no rows.");
        if (shape[0] > limits.MaxRows) throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{name} declares more than {limits.MaxRows} rows.");
        Int128 row = 1;
        foreach (var length in shape.Skip(1))
        {
            row *= length;
            if (row * Math.Max(element.Size, sizeof(float)) > limits.MaxTensorBytes)
                throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{name} declares rows of more than {limits.MaxTensorBytes} bytes.");
        }
        var needed = row * element.Size * shape[0];
        if (dataBytes is { } bytes && needed != bytes)
        {
            throw new PipelineException(ProblemCodes.DatasetMalformed, needed > bytes
                ? $"{name} is cut off: its header declares {needed} bytes of data, {bytes} are there."
                : $"{name} has {bytes - needed} bytes more than its header declares.");
        }
    }
}
