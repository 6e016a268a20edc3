namespace AIaaS.Pipeline.Datasets;

/// <summary>The type of a column, after inference over every row.</summary>
public enum ColumnType
{
    /// <summary>64-bit floating point; missing is null.</summary>
    Number,

    /// <summary>Text with few distinct values, known in <see cref="ColumnSchema.Categories"/>; missing is null.</summary>
    Category,

    /// <summary>Free text: kept in the shards, not usable as a feature yet.</summary>
    Text,

    /// <summary>Unsigned bytes of one image, row-major H x W x C.</summary>
    Image,

    /// <summary>A fixed-length vector of 32-bit floats (NPY of more than one dimension).</summary>
    Vector,
}

/// <summary>One column. <paramref name="Shape"/> is [height, width, channels] for images, [length] for vectors, empty otherwise.</summary>
/// <param name="Name">As in the file's header; "c0", "c1", … where there is none; "image" / "x" for tensors.</param>
/// <param name="Type">What all its values are.</param>
/// <param name="Categories">The distinct values of a category, in ordinal order, or in numeric order when all are numbers; empty otherwise.</param>
/// <param name="Shape">The shape of one value.</param>
public sealed record ColumnSchema(string Name, ColumnType Type, IReadOnlyList<string> Categories, IReadOnlyList<int> Shape);

/// <summary>What a dataset's rows are: features, and the label with its classes.</summary>
/// <param name="Features">All columns but the label, in file order.</param>
/// <param name="Label">The label column; a <see cref="ColumnType.Category"/> for classification, a <see cref="ColumnType.Number"/> for regression; null when unlabelled.</param>
public sealed record DatasetSchema(IReadOnlyList<ColumnSchema> Features, ColumnSchema? Label);

/// <summary>Which part of a dataset a row belongs to; stored as a byte in every shard.</summary>
public enum DatasetSplit : byte
{
    Train = 0,
    Validation = 1,
    Test = 2,
}
