using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Keys;
using Spectre.Console;

namespace AIaaS.Cli.Keys;

/// <summary>Keys for people; key material never leaves the vault.</summary>
public static class KeyView
{
    public static void List(Terminal terminal, IReadOnlyList<VaultKeyInfo> keys)
    {
        if (keys.Count == 0)
        {
            terminal.Line("There are no keys yet: each dataset and model gets its own when it is made.");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Key", "Protects", "State", "Newest version", "Versions", "Made");
        table.Columns[4].RightAligned();
        foreach (var key in keys)
        {
            table.AddRow(
                Markup.Escape(key.KeyName), Markup.Escape($"{key.Scope.Kind.ToString().ToLowerInvariant()} {key.Scope.Name}"),
                key.Enabled ? "[green]enabled[/]" : "[red]disabled[/]", Markup.Escape(key.Version), $"{key.Versions}",
                key.CreatedOn is { } made ? Numbers.Time(made) : "");
        }
        terminal.Out.Write(table);
    }
}
