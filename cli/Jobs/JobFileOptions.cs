using System.CommandLine;
using System.Globalization;
using AIaaS.Cli.CommandLine;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AIaaS.Cli.Jobs;

/// <summary>A job file from options, or a job file with some keys overridden by options. What the keys mean, the service checks.</summary>
public sealed class JobFileOptions
{
    private readonly List<(Option Option, Action<ParseResult, YamlMappingNode> Apply)> _options = [];

    public JobFileOptions()
    {
        Text("--dataset", "NAME", "A ready dataset ('aiaas datasets list')", "dataset");
        Text("--model", "NAME", "Model to publish a version of; the dataset's name when left out", "model");
        Text("--task", "TASK", "classification or regression [default: what the dataset's label is]", "task", null, "classification", "regression");
        Text("--family", "NAME", "linear, mlp (tables, small images) or cnn (images)", "family", "name", "linear", "mlp", "cnn");
        Numbers("--hidden", "Widths of the hidden layers, such as 64,64", "family", "hidden");
        Numbers("--channels", "Channels of the convolution blocks, such as 16,32", "family", "channels");
        Number<double>("--dropout", "0 to 0.9", "family", "dropout");
        Number<int>("--epochs", "1 to 1000 [default: 10]", "training", "num_train_epochs");
        Number<int>("--batch-size", "1 to 8192 [default: 64]", "training", "per_device_train_batch_size");
        Text("--optimizer", "NAME", "adam, adamw or sgd [default: adam]", "training", "optimizer", "adam", "adamw", "sgd");
        Number<double>("--learning-rate", "[default: 0.001]", "training", "learning_rate");
        Text("--schedule", "NAME", "Learning rate over time: constant, linear, cosine or one_cycle [default: constant]", "training", "lr_scheduler_type", "constant", "linear", "cosine", "one_cycle");
        Number<double>("--warmup-ratio", "Share of all steps, 0 to 0.5", "training", "warmup_ratio");
        Number<double>("--weight-decay", "[default: 0]", "training", "weight_decay");
        Number<int>("--seed", "[default: 42]", "training", "seed");
        Number<int>("--patience", "Stop after this many epochs without a better validation metric", "training", "early_stopping_patience");
        Number<int>("--threads", "CPU threads; one gives the same model bytes every time [default: 1]", "training", "num_threads");
        Text("--private-inference", "NAME", "ckks: the model answers on encrypted images too; other defaults hold then [default: none]", "privacy", "inference", "none", "ckks");
        Number<double>("--test-size", "Share of rows held out for the final evaluation, instead of the split made at ingestion", "test_size");
        Text("--device", "NAME", "auto, cpu or cuda [default: auto]", "device", null, "auto", "cpu", "cuda");
        Text("--timeout", "TIME", "Of one attempt, such as 90s, 1h30m or PT1H30M [default: 1h]", "limits", "timeout");
        Number<int>("--max-attempts", "1 to 10 [default: 3]", "limits", "max_attempts");
    }

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _options) command.Add(option);
    }

    public bool AnyGiven(ParseResult parsed) => _options.Any(one => Given(parsed, one.Option));

    /// <param name="parsed">The command line.</param>
    /// <param name="file">Text of a job file, YAML or JSON; null starts from nothing.</param>
    /// <returns>YAML. A file without overrides comes back word for word.</returns>
    /// <exception cref="CliException">The file is no YAML mapping.</exception>
    public string Build(ParseResult parsed, string? file)
    {
        if (file is not null && !AnyGiven(parsed)) return file;
        var job = file is null ? new YamlMappingNode() : Parse(file);
        foreach (var (option, apply) in _options)
        {
            if (Given(parsed, option)) apply(parsed, job);
        }
        return Text(job);
    }

    /// <summary>The dataset or model a job file names, for a readable job id.</summary>
    public static string? NameIn(string yaml)
    {
        var job = Parse(yaml);
        return Scalar(job, "model") ?? Scalar(job, "dataset");
    }

    /// <summary>The job with its task filled in; word for word where it names one already, or names no dataset to ask about.</summary>
    /// <param name="yaml">A job file.</param>
    /// <param name="taskOf">The task that the label of a dataset asks for; null when it has none.</param>
    public static async Task<string> WithTaskAsync(string yaml, Func<string, Task<string?>> taskOf)
    {
        var job = Parse(yaml);
        if (job.Children.ContainsKey("task") || Scalar(job, "dataset") is not { } dataset || await taskOf(dataset) is not { } task) return yaml;
        Set(job, "task", null, new YamlScalarNode(task));
        return Text(job);
    }

    private static string? Scalar(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;

    private static YamlMappingNode Parse(string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(file));
        }
        catch (YamlException exception)
        {
            throw new CliException(ExitCodes.Usage, $"The job file is no YAML: line {exception.Start.Line}: {exception.Message}", "See 'aiaas train --help' for a job file.", exception);
        }
        return stream.Documents is [{ RootNode: YamlMappingNode job }]
            ? job
            : throw new CliException(ExitCodes.Usage, "The job file holds no mapping of keys to values.", "See 'aiaas train --help' for a job file.");
    }

    private static string Text(YamlMappingNode job)
    {
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(job)).Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private void Text(string name, string helpName, string description, string key, string? inner = null, params string[] among)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName };
        if (among.Length > 0) option.AcceptOnlyFromAmong(among);
        _options.Add((option, (parsed, job) => Set(job, key, inner, new YamlScalarNode(parsed.GetValue(option)))));
    }

    private void Number<T>(string name, string description, string key, string? inner = null)
        where T : struct, IFormattable
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N" };
        _options.Add((option, (parsed, job) => Set(job, key, inner, new YamlScalarNode(parsed.GetValue(option).ToString(null, CultureInfo.InvariantCulture)))));
    }

    private void Numbers(string name, string description, string key, string inner)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "N,N" };
        void Apply(ParseResult parsed, YamlMappingNode job)
        {
            var parts = parsed.GetValue(option)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            Set(job, key, inner, new YamlSequenceNode(parts.Select(part => new YamlScalarNode(part))));
        }

        _options.Add((option, Apply));
    }

    private static void Set(YamlMappingNode job, string key, string? inner, YamlNode value)
    {
        if (inner is null)
        {
            job.Children[key] = value;
            return;
        }
        if (!job.Children.TryGetValue(key, out var child) || child is not YamlMappingNode mapping)
        {
            // 'family: cnn' is short for 'family: {name: cnn}'.
            mapping = child is YamlScalarNode scalar ? new YamlMappingNode("name", scalar) : [];
            job.Children[key] = mapping;
        }
        mapping.Children[inner] = value;
    }
}
