using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Batch;

/// <summary>Finds, for every input of a model, the columns of a file that it is filled from.</summary>
/// <remarks>
/// By name, where the file has a column named as the input. Else, for models of one input: the file's images or vectors; or all of its
/// columns, when the input takes as many numbers a row as the file has columns. Columns the model does not ask for are ignored.
/// </remarks>
internal static class BatchColumns
{
    /// <exception cref="PipelineException">TensorInvalid, naming what is missing and what is there.</exception>
    public static IReadOnlyList<InputColumn> Map(IReadOnlyList<SourceColumn> columns, ModelSignature signature) =>
        [.. signature.Inputs.Select(spec => Map(spec, columns, signature.Inputs.Count == 1))];

    /// <summary>Rows that one run may take: what the model fixes, else as many as the limits allow.</summary>
    public static int RowsPerRun(IReadOnlyList<InputColumn> inputs)
    {
        var rowBytes = inputs.Sum(input => (long)input.RowBytes);
        var rows = (int)Math.Clamp(BatchLimits.BytesPerRun / Math.Max(rowBytes, 1), 1, BatchLimits.RowsPerRun);
        foreach (var input in inputs)
        {
            if (input.Spec.Dimensions is not [> 0 and var size, ..]) continue;
            if (size != 1) throw new PipelineException(ProblemCodes.TensorInvalid, $"The model takes exactly {size} rows at a time ({input.Spec}); batches need a variable first dimension, or 1.");
            rows = 1;
        }
        return rows;
    }

    private static InputColumn Map(TensorSpec spec, IReadOnlyList<SourceColumn> columns, bool only)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (columns[index].Name == spec.Name) return OfNamed(spec, columns[index], index);
        }
        if (only)
        {
            var tensors = Enumerable.Range(0, columns.Count).Where(index => columns[index].IsTensor).ToList();
            if (tensors is [var tensor]) return OfNamed(spec, columns[tensor], tensor);
            if (spec.Datatype != TensorDatatype.Bytes && RowElements(spec) == columns.Count && tensors.Count == 0)
                return new NumberColumns(spec, [.. Enumerable.Range(0, columns.Count)], [.. columns.Select(column => column.Name)]);
        }
        throw new PipelineException(ProblemCodes.TensorInvalid,
            $"The file has no column '{spec.Name}', which the model takes ({spec}). Its columns: {string.Join(", ", columns.Take(50).Select(column => column.Name))}.");
    }

    private static InputColumn OfNamed(TensorSpec spec, SourceColumn column, int index)
    {
        if (column.IsTensor) return new TensorColumn(spec, index, RowShape(spec, column));
        if (RowElements(spec) != 1)
            throw new PipelineException(ProblemCodes.TensorInvalid, $"Column '{column.Name}' holds single values; the model takes {spec}.");
        return spec.Datatype == TensorDatatype.Bytes ? new TextColumn(spec, index, column.Name) : new NumberColumns(spec, [index], [column.Name]);
    }

    /// <summary>Elements of one row; variable dimensions after the first count as one.</summary>
    private static long RowElements(TensorSpec spec)
    {
        var product = 1L;
        foreach (var size in spec.Dimensions.Length > 0 ? spec.Dimensions[1..] : []) product *= Math.Max(size, 1);
        return product;
    }

    private static long[] RowShape(TensorSpec spec, SourceColumn column)
    {
        var wanted = spec.Dimensions.Length > 0 ? spec.Dimensions[1..].ToArray() : [];
        long[] given = [.. column.Shape.Select(size => (long)size)];
        if (spec.Datatype != TensorDatatype.Bytes)
        {
            if (wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First < 0 || pair.First == pair.Second)) return given;
            if (wanted.All(size => size > 0) && Product(wanted) == Product(given)) return wanted;
        }
        throw new PipelineException(ProblemCodes.TensorInvalid, $"The file holds rows of shape {TensorShape.Format(given)}; the model takes {spec}.");
    }

    private static long Product(long[] shape) => shape.Aggregate(1L, static (product, size) => product * size);
}
