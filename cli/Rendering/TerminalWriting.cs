using System.CommandLine;
using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Service;
using Spectre.Console;

namespace AIaaS.Cli.Rendering;

/// <summary>The two ways every command ends: the answer word for word, or one line for people.</summary>
public static class TerminalWriting
{
    public static void WriteJson(this Terminal terminal, string json) => terminal.Raw.WriteLine(json);

    /// <summary>A command that changes something and answers nothing: {"message":"…"} with --json.</summary>
    public static void Done(this Terminal terminal, ParseResult parsed, string message)
    {
        if (parsed.GetValue(RootCommandLine.Json))
            terminal.WriteJson(JsonSerializer.Serialize(new DoneMessage(message), CliJson.Readable.DoneMessage));
        else
            terminal.Out.MarkupLineInterpolated($"[green]✓[/] {message}");
    }
}

public sealed record DoneMessage(string Message);
