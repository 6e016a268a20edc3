using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AIaaS.Cli.CommandLine;

/// <summary>The usual help, then the command's examples.</summary>
public sealed class ExampleHelp(HelpAction usual, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command as ExampleCommand;
        foreach (var paragraph in command?.Details ?? [])
            WriteLines(output, paragraph.Split('\n'));
        output.WriteLine("Examples:");
        WriteLines(output, command?.Examples ?? rootExamples);
        return result;
    }

    public override bool ClearsParseErrors => true;

    private static void WriteLines(TextWriter output, IEnumerable<string> lines)
    {
        foreach (var line in lines) output.WriteLine($"  {line}");
        output.WriteLine();
    }
}
