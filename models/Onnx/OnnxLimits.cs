namespace AIaaS.Models.Onnx;

/// <summary>What an untrusted ONNX file may be at most. The defaults bound inspection to seconds and to memory of a small multiple of the file.</summary>
public sealed record OnnxLimits
{
    public static OnnxLimits Default { get; } = new();

    /// <summary>Size of the file.</summary>
    public long Bytes { get; init; } = 512L << 20;

    /// <summary>Nodes in all graphs and functions, counted after functions are expanded where they are called.</summary>
    public int Nodes { get; init; } = 100_000;

    /// <summary>Initialisers, attributes, value infos and every other protobuf message but nodes.</summary>
    public int Messages { get; init; } = 1_000_000;

    /// <summary>Strings of all kinds: names of values, string tensors, metadata.</summary>
    public int Strings { get; init; } = 4_000_000;

    /// <summary>Integers and floats in node attributes, together.</summary>
    public long AttributeNumbers { get; init; } = 32L << 20;

    /// <summary>Longest name of a value, node, operator or domain, in bytes.</summary>
    public int NameBytes { get; init; } = 4096;

    /// <summary>Graphs inside graphs (If, Loop, Scan), and functions calling functions.</summary>
    public int Depth { get; init; } = 16;

    /// <summary>Elements that a tensor or a declared shape may have; unknown dimensions count as one.</summary>
    public long TensorElements { get; init; } = 1L << 31;

    public int TensorRank { get; init; } = 32;

    public long MinimumIrVersion { get; init; } = 3;

    public long MaximumIrVersion { get; init; } = 13;

    public long MinimumOpset { get; init; } = 7;

    public long MaximumOpset { get; init; } = 26;
}
