using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Models;

public static class ModelsListCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("list", "List all models with their versions and aliases",
            "aiaas models list", "# Model and production version", "aiaas models list --json | jq -r '.value[] | [.name, .aliases.production] | @tsv'");
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var answer = await client.GetAsync("models", CliJson.Default.ListingModelRecord, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(answer.Json);
            else ModelView.List(terminal, answer.Value.Value);
            return ExitCodes.Success;
        });
        return command;
    }
}
