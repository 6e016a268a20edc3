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
        output.WriteLine("Examples:");
        foreach (var line in parseResult.CommandResult.Command is ExampleCommand command ? command.Examples : rootExamples)
            output.WriteLine($"  {line}");
        output.WriteLine();
        return result;
    }

    public override bool ClearsParseErrors => true;
}
