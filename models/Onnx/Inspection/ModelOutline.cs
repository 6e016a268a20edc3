namespace AIaaS.Models.Onnx.Inspection;

/// <summary>An ONNX file without its numbers: just what the checks of names, operators and nesting need.</summary>
internal sealed record ModelOutline(
    long IrVersion,
    IReadOnlyList<OpsetOutline> Opsets,
    GraphOutline? Graph,
    IReadOnlyList<FunctionOutline> Functions);

internal sealed record OpsetOutline(string Domain, long Version);

internal sealed class GraphOutline
{
    public List<string> Inputs { get; } = [];

    public List<string> Initializers { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<NodeOutline> Nodes { get; } = [];
}

internal sealed class NodeOutline
{
    public string OpType { get; set; } = "";

    public string Domain { get; set; } = "";

    public string Overload { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<GraphOutline> Subgraphs { get; } = [];
}

internal sealed class FunctionOutline
{
    public string Name { get; set; } = "";

    public string Domain { get; set; } = "";

    public string Overload { get; set; } = "";

    public List<OpsetOutline> Opsets { get; } = [];

    /// <summary>The body: its inputs and outputs are the function's.</summary>
    public GraphOutline Body { get; } = new();
}
