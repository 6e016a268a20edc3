using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Registry;
using Spectre.Console;

namespace AIaaS.Cli.Models;

/// <summary>Models for people.</summary>
public static class ModelView
{
    public static void List(Terminal terminal, IReadOnlyList<ModelRecord> models)
    {
        if (models.Count == 0)
        {
            terminal.Line("There are no models yet. Train one with [blue]aiaas train[/], or register one with [blue]aiaas models add NAME FILE.onnx[/].");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Name", "Versions", "Aliases", "Latest", "Size", "Metrics of the latest");
        table.Columns[1].RightAligned();
        table.Columns[4].RightAligned();
        foreach (var model in models)
        {
            var latest = model.Versions.MaxBy(version => version.Version);
            table.AddRow(
                Markup.Escape(model.Name), $"{model.Versions.Count}", Markup.Escape(Aliases(model)),
                latest is null ? "" : Numbers.Time(latest.CreatedOn), latest is null ? "" : Numbers.Bytes(latest.SizeBytes),
                latest is null ? "" : Markup.Escape(Metrics(latest)));
        }
        terminal.Out.Write(table);
    }

    public static void Show(Terminal terminal, ModelRecord model)
    {
        terminal.Line($"Model [bold]{Markup.Escape(model.Name)}[/]");
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Version", "Aliases", "Made by", "Published", "Size", "Metrics", "SHA-256");
        table.Columns[0].RightAligned();
        table.Columns[4].RightAligned();
        foreach (var version in model.Versions.OrderByDescending(version => version.Version))
        {
            var aliases = model.Aliases.Where(alias => alias.Value == version.Version).Select(alias => alias.Key).Order(StringComparer.Ordinal);
            table.AddRow(
                $"{version.Version}", Markup.Escape(string.Join(", ", aliases)), Markup.Escape(Origin(version.Origin)), Numbers.Time(version.CreatedOn),
                Numbers.Bytes(version.SizeBytes), Markup.Escape(Metrics(version)), Markup.Escape(version.ModelSha256[..Math.Min(12, version.ModelSha256.Length)]));
        }
        terminal.Out.Write(table);
    }

    private static string Aliases(ModelRecord model) =>
        string.Join(", ", model.Aliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).Select(alias => $"{alias.Key}={alias.Value}"));

    private static string Metrics(ModelVersion version) =>
        string.Join(", ", version.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Take(4).Select(metric => $"{metric.Key} {Numbers.Short(metric.Value)}"));

    // "import:{64 hex digits}" would push everything else off the screen.
    private static string Origin(string origin) => origin.Length > 40 ? origin[..19] + "…" : origin;
}
