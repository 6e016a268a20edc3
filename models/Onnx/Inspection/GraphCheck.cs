namespace AIaaS.Models.Onnx.Inspection;

/// <summary>Every value has exactly one definition, every use has one, and no node needs its own result.</summary>
internal static class GraphCheck
{
    /// <param name="graph">The graph to check, with all graphs inside it.</param>
    /// <param name="outer">Names that the surrounding graphs define; a subgraph may use them.</param>
    /// <exception cref="ModelRefusedException">InvalidGraph.</exception>
    public static void Check(GraphOutline graph, IReadOnlyList<HashSet<string>> outer)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in graph.Inputs)
            if (input.Length == 0 || !given.Add(input)) throw Twice(input);
        var initializers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var initializer in graph.Initializers)
        {
            if (initializer.Length == 0 || !initializers.Add(initializer)) throw Twice(initializer);
            given.Add(initializer); // an initialiser may be the default of an input of the same name
        }

        var producers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (var output in graph.Nodes[i].Outputs)
            {
                if (output.Length == 0) continue; // an optional output that is left out
                if (given.Contains(output) || !producers.TryAdd(output, i)) throw Twice(output);
            }
        }

        CheckOrder(graph, given, producers, outer);
        foreach (var output in graph.Outputs)
            if (!given.Contains(output) && !producers.ContainsKey(output) && !Known(outer, output)) throw Dangling(output);

        var scope = new HashSet<string>(given, StringComparer.Ordinal);
        scope.UnionWith(producers.Keys);
        HashSet<string>[] inner = [.. outer, scope];
        foreach (var subgraph in graph.Nodes.SelectMany(node => node.Subgraphs)) Check(subgraph, inner);
    }

    /// <summary>Kahn's topological sort over the nodes; what its subgraphs use, a node uses.</summary>
    private static void CheckOrder(GraphOutline graph, HashSet<string> given, Dictionary<string, int> producers, IReadOnlyList<HashSet<string>> outer)
    {
        var waitsFor = new int[graph.Nodes.Count];
        var followers = new List<int>[graph.Nodes.Count];
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            foreach (var input in node.Inputs)
            {
                if (input.Length == 0 || given.Contains(input)) continue;
                if (producers.TryGetValue(input, out var producer)) Follow(producer, i);
                else if (!Known(outer, input)) throw Dangling(input);
            }
            foreach (var name in node.Subgraphs.SelectMany(Uses))
                if (!given.Contains(name) && producers.TryGetValue(name, out var producer)) Follow(producer, i);
        }

        var ready = new Stack<int>(Enumerable.Range(0, waitsFor.Length).Where(i => waitsFor[i] == 0));
        var sorted = 0;
        while (ready.TryPop(out var node))
        {
            sorted++;
            foreach (var follower in followers[node] ?? [])
                if (--waitsFor[follower] == 0) ready.Push(follower);
        }
        if (sorted < waitsFor.Length)
            throw new ModelRefusedException(ModelRefusal.InvalidGraph, "Its graph has a cycle.");

        void Follow(int producer, int follower)
        {
            (followers[producer] ??= []).Add(follower);
            waitsFor[follower]++;
        }
    }

    /// <summary>Names that a subgraph, or a graph inside it, takes from outside.</summary>
    private static HashSet<string> Uses(GraphOutline graph)
    {
        var uses = new HashSet<string>(graph.Outputs, StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            uses.UnionWith(node.Inputs);
            foreach (var subgraph in node.Subgraphs) uses.UnionWith(Uses(subgraph));
        }
        uses.ExceptWith(graph.Inputs);
        uses.ExceptWith(graph.Initializers);
        foreach (var node in graph.Nodes) uses.ExceptWith(node.Outputs);
        uses.Remove("");
        return uses;
    }

    private static bool Known(IReadOnlyList<HashSet<string>> outer, string name)
    {
        foreach (var scope in outer)
            if (scope.Contains(name)) return true;
        return false;
    }

    private static ModelRefusedException Twice(string name) => new(ModelRefusal.InvalidGraph,
        name.Length == 0 ? "Its graph has an input or initialiser without a name." : $"Its graph defines the value '{Quote(name)}' twice.");

    private static ModelRefusedException Dangling(string name) =>
        new(ModelRefusal.InvalidGraph, $"Its graph uses the value '{Quote(name)}', which nothing defines.");

    /// <summary>Names come from the file: cut and without control characters, so that they cannot forge log lines.</summary>
    internal static string Quote(string name) =>
        string.Concat((name.Length > 80 ? name[..80] + "…" : name).Select(c => char.IsControl(c) ? '?' : c));
}
