namespace AIaaS.Models.Onnx.Inspection;

/// <summary>Versions, operator domains and functions: only what ONNX Runtime has built in, or the file itself defines.</summary>
internal sealed class OperatorCheck
{
    /// <summary>Domains built into ONNX Runtime, with the highest operator-set version of each; "" is replaced by the limit.</summary>
    private static readonly Dictionary<string, long> BuiltIn = new(StringComparer.Ordinal)
    {
        [""] = 0,
        ["ai.onnx"] = 0,
        ["ai.onnx.ml"] = 5,
        ["com.microsoft"] = 1,
    };

    /// <summary>Built in, but they read files or run foreign code.</summary>
    private static readonly HashSet<string> Refused = new(StringComparer.Ordinal) { "EPContext", "PyOp", "ATen", "PythonOp", "PythonOpGrad", "ExternalFunction" };

    private readonly OnnxLimits _limits;
    private readonly Dictionary<(string Domain, string Name, string Overload), FunctionOutline> _functions = [];
    private readonly Dictionary<FunctionOutline, long> _expanded = [];

    private OperatorCheck(OnnxLimits limits) => _limits = limits;

    /// <exception cref="ModelRefusedException">UnsupportedVersion, CustomOperator, TooDeep, TooManyParts or InvalidGraph.</exception>
    public static void Check(ModelOutline model, OnnxLimits limits)
    {
        var check = new OperatorCheck(limits);
        check.CheckVersions(model);
        foreach (var function in model.Functions)
        {
            if (!check._functions.TryAdd((Domain(function.Domain), function.Name, function.Overload), function))
                throw new ModelRefusedException(ModelRefusal.InvalidGraph, $"It defines the function '{GraphCheck.Quote(function.Name)}' twice.");
        }
        foreach (var function in model.Functions) check.Expand(function, depth: 1);
        check.Expand(model.Graph!, depth: 0);
    }

    private void CheckVersions(ModelOutline model)
    {
        if (model.IrVersion < _limits.MinimumIrVersion || model.IrVersion > _limits.MaximumIrVersion)
            throw new ModelRefusedException(ModelRefusal.UnsupportedVersion,
                $"Its IR version is {model.IrVersion}; {_limits.MinimumIrVersion} to {_limits.MaximumIrVersion} are supported.");
        if (!model.Opsets.Any(opset => Domain(opset.Domain).Length == 0))
            throw new ModelRefusedException(ModelRefusal.UnsupportedVersion, "It does not say which ONNX operator set it uses.");
        foreach (var opset in model.Opsets.Concat(model.Functions.SelectMany(function => function.Opsets)))
        {
            var domain = Domain(opset.Domain);
            if (domain.Length == 0 && (opset.Version < _limits.MinimumOpset || opset.Version > _limits.MaximumOpset))
                throw new ModelRefusedException(ModelRefusal.UnsupportedVersion,
                    $"It uses ONNX operator set {opset.Version}; {_limits.MinimumOpset} to {_limits.MaximumOpset} are supported.");
            if (domain.Length > 0 && BuiltIn.TryGetValue(domain, out var highest) && (opset.Version < 1 || opset.Version > highest))
                throw new ModelRefusedException(ModelRefusal.UnsupportedVersion,
                    $"It uses version {opset.Version} of operator set {domain}; 1 to {highest} are supported.");
        }
    }

    /// <returns>How many nodes the graph has once functions are expanded; refused past the limit ("a billion laughs").</returns>
    private long Expand(GraphOutline graph, int depth)
    {
        if (depth > _limits.Depth)
            throw new ModelRefusedException(ModelRefusal.TooDeep, $"Its functions call each other deeper than {_limits.Depth} levels.");
        long nodes = 0;
        foreach (var node in graph.Nodes)
        {
            nodes++;
            if (_functions.TryGetValue((Domain(node.Domain), node.OpType, node.Overload), out var function))
                nodes += Expand(function, depth + 1);
            else
                CheckBuiltIn(node);
            foreach (var subgraph in node.Subgraphs) nodes += Expand(subgraph, depth + 1);
            if (nodes > _limits.Nodes)
                throw new ModelRefusedException(ModelRefusal.TooManyParts, $"It has more than {_limits.Nodes} nodes once its functions are expanded.");
        }
        return nodes;
    }

    private long Expand(FunctionOutline function, int depth)
    {
        // A function under way is absent from the cache, so one that calls itself runs into the depth limit.
        if (_expanded.TryGetValue(function, out var known)) return known;
        return _expanded[function] = Expand(function.Body, depth);
    }

    private static void CheckBuiltIn(NodeOutline node)
    {
        if (!BuiltIn.ContainsKey(node.Domain) || Refused.Contains(node.OpType))
            throw new ModelRefusedException(ModelRefusal.CustomOperator,
                $"It uses the operator '{GraphCheck.Quote(node.OpType)}' of '{GraphCheck.Quote(node.Domain)}', which is not built into ONNX Runtime. Export the model with standard operators.");
    }

    private static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;
}
