using System.Globalization;
using System.Text;
using AIaaS.Pipeline.Problems;
using YamlDotNet.RepresentationModel;

namespace AIaaS.Pipeline.Datasets.Sidecar;

/// <summary>Reads dataset.yaml. Every fault is reported with its place; nothing that is not understood is passed over.</summary>
internal sealed class SidecarParser
{
    private const int MaxTypes = 10_000;
    private const int MaxMissing = 100;
    private const int MaxText = 10_000;
    private const int MaxSide = 4_096;

    private readonly List<ProblemItem> _faults = [];

    /// <exception cref="PipelineException">DatasetSidecarInvalid, with an item per fault.</exception>
    public static DatasetSidecar Parse(ReadOnlySpan<byte> yaml, DatasetLimits limits)
    {
        var parser = new SidecarParser();
        var sidecar = parser.Read(SidecarYaml.Load(yaml), limits);
        if (parser._faults.Count == 0) return sidecar;
        throw new PipelineException(ProblemCodes.DatasetSidecarInvalid,
            $"{DatasetSidecar.FileName}: " + string.Join("; ", parser._faults.Take(5).Select(fault => $"{fault.Pointer}: {fault.Detail}")) + ".", parser._faults);
    }

    private DatasetSidecar Read(YamlMappingNode root, DatasetLimits limits)
    {
        var sidecar = DatasetSidecar.Empty;
        foreach (var (key, node) in root.Children)
        {
            var name = Text(key, "");
            var place = "/" + name;
            sidecar = name switch
            {
                "files" => sidecar with { Files = Names(node, place, limits.MaxFiles) },
                "label" => sidecar with { Label = Text(node, place) },
                "task" => sidecar with { Task = Choice<SidecarTask>(node, place) },
                "types" => sidecar with { Types = Map(node, place, MaxTypes, Choice<SidecarType>).ToDictionary(t => t.Key, t => t.Value ?? default) },
                "split" => sidecar with { Split = new SidecarSplitParser(this).Read(node, place, limits) },
                "header" => sidecar with { Header = Bool(node, place) },
                "missing" => sidecar with { Missing = List(node, place, MaxMissing, Text) },
                "licence" or "license" => sidecar with { Licence = Text(node, place) },
                "description" => sidecar with { Description = Text(node, place) },
                "reject_threshold" => sidecar with { RejectThreshold = Number(node, place, 0, 1) },
                "image" => sidecar with { Image = Image(node, place) },
                _ => Unknown(sidecar, place),
            };
        }
        return sidecar;
    }

    private SidecarImage Image(YamlNode node, string place)
    {
        int width = 0, height = 0, channels = 3;
        foreach (var (key, value) in Map(node, place, 3, (n, _) => n))
        {
            switch (key)
            {
                case "width": width = (int)Number(value, place + "/width", 1, MaxSide); break;
                case "height": height = (int)Number(value, place + "/height", 1, MaxSide); break;
                case "channels": channels = (int)Number(value, place + "/channels", 1, 3); break;
                default: Fault($"{place}/{key}", "is not known"); break;
            }
        }
        if (width == 0 || height == 0) Fault(place, "must give width and height in pixels");
        if (channels is not (1 or 3)) Fault(place + "/channels", "must be 1 (grey) or 3 (colour)");
        return new SidecarImage(width, height, channels);
    }

    internal IReadOnlyList<string> Names(YamlNode node, string place, int max)
    {
        var names = List(node, place, max, Text);
        foreach (var name in names.Where(name => !DropFileName.IsValid(name))) Fault(place, $"'{Shown(name)}' is no file name");
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count) Fault(place, "names a file twice");
        return names;
    }

    internal IReadOnlyDictionary<string, T> Map<T>(YamlNode node, string place, int max, Func<YamlNode, string, T> read)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        if (node is not YamlMappingNode mapping)
        {
            Fault(place, "must be a mapping");
            return map;
        }
        if (mapping.Children.Count > max) Fault(place, $"has more than {max} entries");
        foreach (var (key, value) in mapping.Children.Take(max))
        {
            var name = Text(key, place);
            map[name] = read(value, $"{place}/{name}");
        }
        return map;
    }

    internal double Number(YamlNode node, string place, double min, double max)
    {
        if (double.TryParse(Text(node, place), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max) return value;
        Fault(place, $"must be a number from {min} to {max}");
        return min;
    }

    internal string Text(YamlNode node, string place)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 and <= MaxText } text }) return text;
        Fault(place, "must be a text");
        return "";
    }

    internal void Fault(string place, string what) => _faults.Add(new ProblemItem(place, what));

    private IReadOnlyList<T> List<T>(YamlNode node, string place, int max, Func<YamlNode, string, T> read)
    {
        if (node is not YamlSequenceNode sequence)
        {
            Fault(place, "must be a list");
            return [];
        }
        if (sequence.Children.Count > max) Fault(place, $"has more than {max} entries");
        return [.. sequence.Children.Take(max).Select((item, i) => read(item, $"{place}/{i}"))];
    }

    private T? Choice<T>(YamlNode node, string place)
        where T : struct, Enum
    {
        var text = Text(node, place);
        foreach (var name in Enum.GetNames<T>())
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return Enum.Parse<T>(name);
        }
        Fault(place, "must be one of " + string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant());
        return null;
    }

    private bool? Bool(YamlNode node, string place)
    {
        if (Text(node, place) is var text && text is "true" or "false") return text == "true";
        Fault(place, "must be true or false");
        return null;
    }

    private DatasetSidecar Unknown(DatasetSidecar sidecar, string place)
    {
        Fault(Shown(place), "is not known; known are files, label, task, types, split, header, missing, licence, description, reject_threshold, image");
        return sidecar;
    }

    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 60))) shown.Append(char.IsControl(c) ? '?' : c);
        return shown.ToString();
    }
}
