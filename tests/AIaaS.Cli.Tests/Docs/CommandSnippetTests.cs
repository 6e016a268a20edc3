using System.CommandLine.Parsing;
using AIaaS.Cli.CommandLine;
using AIaaS.Testing;

namespace AIaaS.Cli.Tests.Docs;

/// <summary>The commands that the documents show are taken by the command line.</summary>
public sealed class CommandSnippetTests
{
    [Fact]
    public void ConsoleLines_AllDocuments_AreTakenByTheCommandLine()
    {
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, interactive: false, static _ => null);
        var root = RootCommandLine.Create(terminal);
        var lines = Documents.ToolLines().ToList();

        lines.ShouldNotBeEmpty();
        var refused =
            from line in lines
                // The shell's quotes are the shell's business.
            from error in root.Parse(CommandLineParser.SplitCommandLine(line.Text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace('\'', '"')).ToArray()).Errors
            where !error.Message.StartsWith("File does not exist", StringComparison.Ordinal)
            select $"{line.Document}: {line.Text}: {error.Message}";
        refused.ShouldBeEmpty();
    }
}
