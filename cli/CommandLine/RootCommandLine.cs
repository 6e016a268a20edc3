using System.CommandLine;
using System.CommandLine.Help;
using AIaaS.Cli.Datasets;
using AIaaS.Cli.Demo;
using AIaaS.Cli.Jobs;
using AIaaS.Cli.Keys;
using AIaaS.Cli.Local;
using AIaaS.Cli.Models;

namespace AIaaS.Cli.CommandLine;

/// <summary>The tree of commands.</summary>
public static class RootCommandLine
{
    private const string Description = """
        A private AI-model service: drop a dataset, get a served model.

        The data is validated, encrypted under its own key, trained into a model, exported to ONNX, versioned and
        served over HTTP, on this machine ('aiaas up') or in your own Azure subscription (--url, --key).
        """;

    private static readonly string[] Examples =
    [
        "# See all of it in two minutes, on real data",
        "aiaas demo",
        "# Run the service on this machine, then, in a second terminal, do your own",
        "aiaas up",
        "aiaas upload iris iris.csv --label species --watch",
        "aiaas train --dataset iris --family mlp --epochs 20 --watch",
        "aiaas predict iris --data '{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}'",
    ];

    /// <summary>On every command.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Write JSON for scripts: no colours, no progress; errors as JSON on standard error",
        Recursive = true,
    };

    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand(Description) { Json };
        root.Add(UpCommand.Create(terminal));
        root.Add(DemoCommand.Create(terminal));
        root.Add(UploadCommand.Create(terminal));
        root.Add(DatasetsCommand.Create(terminal));
        root.Add(TrainCommand.Create(terminal));
        root.Add(JobsCommand.Create(terminal));
        root.Add(ModelsCommand.Create(terminal));
        root.Add(PredictCommand.Create(terminal));
        root.Add(KeysCommand.Create(terminal));

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!, Examples);
        return root;
    }
}
