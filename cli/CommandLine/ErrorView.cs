using System.CommandLine;
using System.Text.Json;
using AIaaS.Cli.Service;
using Spectre.Console;

namespace AIaaS.Cli.CommandLine;

/// <summary>Errors on standard error: what was wrong, each single fault, and what to do next.</summary>
public static class ErrorView
{
    public static int Write(Terminal terminal, Exception exception, bool json)
    {
        var report = Report(exception);
        if (json)
        {
            terminal.Error.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(report, CliJson.Readable.ErrorReport));
            return report.ExitCode;
        }
        terminal.Error.MarkupLineInterpolated($"[red]error:[/] {report.Message}{(report.Code is null ? "" : $" ({report.Code})")}");
        foreach (var item in report.Errors)
            terminal.Error.MarkupLineInterpolated($"  - [yellow]{item.Pointer}[/]: {item.Detail}");
        if (report.Next is not null)
            terminal.Error.MarkupLineInterpolated($"[blue]next:[/]  {report.Next}");
        return report.ExitCode;
    }

    public static int WriteUsage(Terminal terminal, ParseResult parsed, bool json)
    {
        var command = string.Join(' ', Path(parsed.CommandResult));
        var message = string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal));
        // "aiaas datasets" alone: the help is what was wanted, yet nothing was done.
        if (!json && parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Command.Action is null)
        {
            parsed.RootCommandResult.Command.Parse([.. Path(parsed.CommandResult).Skip(1), "--help"]).Invoke(new InvocationConfiguration { Output = terminal.Error.Profile.Out.Writer });
            return ExitCodes.Usage;
        }
        return Write(terminal, new CliException(ExitCodes.Usage, message, $"Run '{command} --help' for the arguments and examples."), json);
    }

    private static IEnumerable<string> Path(System.CommandLine.Parsing.CommandResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult parent ? [.. Path(parent), result.Command.Name] : ["aiaas"];

    private static ErrorReport Report(Exception exception) => exception switch
    {
        CliException cli => new(cli.ExitCode, null, cli.Message, cli.Next, []),
        ServiceUnreachableException unreachable => new(ExitCodes.Unreachable, null, unreachable.Message,
            "Start the service with 'aiaas up', or name one with --url and --key (or AIAAS_URL and AIAAS_KEY).", []),
        ServiceProblemException problem => new(problem.ExitCode, problem.Problem.Code, problem.Message, NextSteps.For(problem), problem.Problem.Errors),
        _ => new(ExitCodes.Failed, null, exception.Message, null, []),
    };
}
