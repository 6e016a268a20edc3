using Spectre.Console;

namespace AIaaS.Cli.CommandLine;

/// <summary>Where commands write, and the environment they read. People get <see cref="Out"/>; scripts get <see cref="Raw"/>.</summary>
public sealed class Terminal : IDisposable
{
    // Tables in logs and pipes should not be folded to the 80 columns that a missing terminal is assumed to have.
    private const int WidthWithoutTerminal = 140;

    public Terminal(TextWriter output, TextWriter error, bool interactive, Func<string, string?> environment)
    {
        Raw = output;
        Interactive = interactive;
        Environment = environment;
        Out = Console(output, interactive);
        Error = Console(error, interactive);
    }

    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    /// <summary>Standard output without any formatting, for --json.</summary>
    public TextWriter Raw { get; }

    /// <summary>A person watches: colours, live progress. False in pipes, logs and CI.</summary>
    public bool Interactive { get; }

    /// <summary>An environment variable by name; empty counts as not set.</summary>
    public Func<string, string?> Environment { get; }

    public static Terminal System() => new(
        global::System.Console.Out,
        global::System.Console.Error,
        !global::System.Console.IsOutputRedirected && !global::System.Console.IsErrorRedirected,
        static name => global::System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null);

    /// <summary>One line for people, with Spectre markup.</summary>
    public void Line(string markup = "") => Out.MarkupLine(markup);

    public void Dispose() => Raw.Flush();

    private static IAnsiConsole Console(TextWriter writer, bool interactive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!interactive) console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
