using System.CommandLine;
using AIaaS.Cli.CommandLine;
using Spectre.Console;

namespace AIaaS.Cli.Rendering;

/// <summary>--yes, or a question where somebody can answer it.</summary>
public sealed class ConfirmOption
{
    public Option<bool> Option { get; } = new("--yes", "-y") { Description = "Do not ask" };

    /// <exception cref="CliException">Declined, or nobody is there to ask.</exception>
    public void Check(ParseResult parsed, Terminal terminal, string question)
    {
        if (parsed.GetValue(Option)) return;
        if (!terminal.Interactive || parsed.GetValue(RootCommandLine.Json))
            throw new CliException(ExitCodes.Usage, "This cannot be undone, and there is nobody to ask.", "Add --yes to go on.");
        if (!terminal.Out.Confirm(Markup.Escape(question), defaultValue: false))
            throw new CliException(ExitCodes.Failed, "Nothing was done.");
    }
}
