using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Pipeline.Datasets;
using YamlDotNet.RepresentationModel;

namespace AIaaS.Cli.Datasets;

/// <summary>Options of upload that say what a dataset.yaml would, and write one.</summary>
public sealed class SidecarOptions
{
    private readonly Option<string?> _label = new("--label") { Description = "The column to predict", HelpName = "COLUMN" };
    private readonly Option<string?> _task = new("--task") { Description = "classification or regression; told from the label's values when left out" };
    private readonly Option<string[]> _number = Columns("--number", "Read this column as numbers (repeatable)");
    private readonly Option<string[]> _category = Columns("--category", "Read this column as categories (repeatable)");
    private readonly Option<string[]> _ignore = Columns("--ignore", "Leave this column out (repeatable)");
    private readonly Option<string[]> _missing = new("--missing") { Description = "A text that means 'missing', such as NA or ? (repeatable)", HelpName = "TEXT" };
    private readonly Option<string?> _licence = new("--licence") { Description = "Licence of the data, for the report and the model card", HelpName = "NAME" };
    private readonly Option<string?> _description = new("--description") { Description = "What the data is, for the report", HelpName = "TEXT" };

    public SidecarOptions() => _task.AcceptOnlyFromAmong("classification", "regression");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_label, _task, _number, _category, _ignore, _missing, _licence, _description])
            command.Add(option);
    }

    /// <returns>The text of dataset.yaml; null when one file alone needs none, or when one is among the files.</returns>
    /// <exception cref="CliException">Options and a dataset.yaml at once, or two files of one name.</exception>
    public string? Write(ParseResult parsed, IReadOnlyList<FileInfo> files)
    {
        if (files.GroupBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new CliException(ExitCodes.Usage, $"Two files are named {twice.Key}, and a dataset holds one of a name.", "Rename one of them.");

        var sidecar = Said(parsed);
        if (files.Any(file => file.Name == DatasetSidecar.FileName))
        {
            return sidecar.Children.Count == 0
                ? null
                : throw new CliException(ExitCodes.Usage, "A dataset.yaml is among the files, and options say more.", "Write what the options say into dataset.yaml.");
        }
        if (files.Count == 1 && sidecar.Children.Count == 0) return null;

        sidecar.Children.Add("files", new YamlSequenceNode(files.Select(file => file.Name).Order(StringComparer.Ordinal).Select(Scalar)));
        return Text(sidecar);
    }

    private YamlMappingNode Said(ParseResult parsed)
    {
        var sidecar = new YamlMappingNode();
        void Add(string key, string? value)
        {
            if (value is not null) sidecar.Add(key, Scalar(value));
        }

        Add("label", parsed.GetValue(_label));
        Add("task", parsed.GetValue(_task));
        Add("licence", parsed.GetValue(_licence));
        Add("description", parsed.GetValue(_description));
        var types = new YamlMappingNode();
        foreach (var (option, type) in ((Option<string[]>, string)[])[(_number, "number"), (_category, "category"), (_ignore, "ignore")])
        {
            foreach (var column in parsed.GetValue(option) ?? [])
                types.Children[Scalar(column)] = type;
        }
        if (types.Children.Count > 0) sidecar.Add("types", types);
        if (parsed.GetValue(_missing) is { Length: > 0 } missing) sidecar.Add("missing", new YamlSequenceNode(missing.Select(Scalar)));
        return sidecar;
    }

    // Quoted, so that a column named 'yes' or '1' stays a text.
    private static YamlScalarNode Scalar(string text) => new(text) { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted };

    private static string Text(YamlMappingNode node)
    {
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(node)).Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static Option<string[]> Columns(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}
