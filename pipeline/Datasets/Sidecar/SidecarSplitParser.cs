using AIaaS.Pipeline.Problems;
using YamlDotNet.RepresentationModel;

namespace AIaaS.Pipeline.Datasets.Sidecar;

/// <summary>The three ways to write split: shares with a seed, a column, or lists of files.</summary>
internal sealed class SidecarSplitParser(SidecarParser parser)
{
    public SidecarSplit Read(YamlNode node, string place, DatasetLimits limits)
    {
        var entries = parser.Map(node, place, 8, (value, _) => value);
        foreach (var key in entries.Keys.Where(key => key is not ("train" or "validation" or "test" or "seed" or "column")))
            parser.Fault($"{place}/{key}", "is not known; known are train, validation, test, seed, column");
        var parts = entries.Where(entry => entry.Key is "train" or "validation" or "test").ToList();
        var split = new SidecarSplit { Stated = true };
        if (entries.TryGetValue("seed", out var seed)) split = split with { Seed = (long)parser.Number(seed, place + "/seed", 0, int.MaxValue) };
        if (entries.TryGetValue("column", out var column))
        {
            if (parts.Count > 0) parser.Fault(place, "names a column and shares or files; choose one");
            return split with { Column = parser.Text(column, place + "/column") };
        }
        return parts.Exists(part => part.Value is YamlSequenceNode) ? Files(split, parts, place, limits) : Shares(split, parts, place);
    }

    private SidecarSplit Files(SidecarSplit split, List<KeyValuePair<string, YamlNode>> parts, string place, DatasetLimits limits)
    {
        var files = new Dictionary<string, DatasetSplit>(StringComparer.Ordinal);
        foreach (var (name, node) in parts)
        {
            foreach (var file in parser.Names(node, $"{place}/{name}", limits.MaxFiles))
            {
                if (!files.TryAdd(file, Part(name))) parser.Fault($"{place}/{name}", "names a file that another part has");
            }
        }
        return split with { Files = files };
    }

    private SidecarSplit Shares(SidecarSplit split, List<KeyValuePair<string, YamlNode>> parts, string place)
    {
        if (parts.Count == 0) return split;
        double Share(string name) => parts.Find(part => part.Key == name).Value is { } node ? parser.Number(node, $"{place}/{name}", 0, 1) : 0;
        var shares = new SplitShares(Share("train"), Share("validation"), Share("test"));
        try
        {
            return split with { Shares = shares.Check() };
        }
        catch (PipelineException exception)
        {
            parser.Fault(place, exception.Message.TrimEnd('.'));
            return split;
        }
    }

    private static DatasetSplit Part(string name) => name switch
    {
        "train" => DatasetSplit.Train,
        "validation" => DatasetSplit.Validation,
        _ => DatasetSplit.Test,
    };
}
