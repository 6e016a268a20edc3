using System.CommandLine;

namespace AIaaS.Cli.CommandLine;

/// <summary>A command whose help ends with examples that can be pasted.</summary>
public sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Whole command lines; a line that begins with '#' explains the next.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
