using System.CommandLine;
using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Commands()
    {
        using var terminal = Silent();
        return new TheoryData<string>(Paths(RootCommandLine.Create(terminal), ""));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_EveryCommand_EndsWithExamplesOfIt(string command)
    {
        var run = await CommandRun.Of([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        run.ExitCode.ShouldBe(ExitCodes.Success);
        run.Output.ShouldContain("Usage:");
        run.Output.ShouldContain("Examples:");
        run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..].ShouldContain($"aiaas {command}".TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_EveryCommand_Parse(string command)
    {
        using var terminal = Silent();
        var root = RootCommandLine.Create(terminal);
        var named = root.Parse(command).CommandResult.Command as ExampleCommand;

        foreach (var line in (named?.Examples ?? []).Where(line => line.StartsWith("aiaas ", StringComparison.Ordinal)))
        {
            var errors = root.Parse(line.Split('|')[0]["aiaas ".Length..].Replace("'{", "{", StringComparison.Ordinal).Replace("}'", "}", StringComparison.Ordinal)).Errors;
            // The files of the examples are the reader's; anything else wrong with the line is ours.
            errors.Where(error => !error.Message.StartsWith("File does not exist", StringComparison.Ordinal)).Select(error => $"{line}: {error.Message}").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Run_GroupWithoutVerb_ShowsItsHelpAndIsAUsageError()
    {
        var run = await CommandRun.Of("models");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("promote");
    }

    private static Terminal Silent() => new(TextWriter.Null, TextWriter.Null, interactive: false, static _ => null);

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(child => Paths(child, $"{path} {child.Name}".TrimStart())).Prepend(path);
}
