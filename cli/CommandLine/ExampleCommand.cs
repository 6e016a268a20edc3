using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace AIaaS.Cli.CommandLine;

/// <summary>A command whose help explains itself and ends with examples that can be pasted.</summary>
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented", Justification = "Command is enumerable for collection initializers only.")]
public sealed class ExampleCommand : Command
{
    /// <param name="name">The verb or noun.</param>
    /// <param name="description">One line for lists of commands; after an empty line, what only the command's own help says.</param>
    /// <param name="examples">Whole command lines; a line that begins with '#' explains the next.</param>
    public ExampleCommand(string name, string description, params string[] examples)
        : base(name, description.Split("\n\n")[0])
    {
        Details = description.Split("\n\n")[1..];
        Examples = examples;
    }

    public IReadOnlyList<string> Details { get; }

    public IReadOnlyList<string> Examples { get; }
}
