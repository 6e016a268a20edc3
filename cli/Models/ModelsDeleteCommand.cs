using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Models;

public static class ModelsDeleteCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("delete", "Delete a model with its key, or one version of it",
            "aiaas models delete digits --version 1", "aiaas models delete digits --yes");
        var name = new Argument<string>("NAME") { Description = "Name of the model" };
        var version = new Option<int?>("--version") { Description = "Delete only this version", HelpName = "VERSION" };
        var confirm = new ConfirmOption();
        command.Add(name);
        command.Add(version);
        command.Add(confirm.Option);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var model = parsed.GetRequiredValue(name);
            if (parsed.GetValue(version) is { } number)
            {
                confirm.Check(parsed, terminal, $"Delete version {number} of model '{model}' for good?");
                await client.TextAsync(HttpMethod.Delete, ServiceClient.Path($"models/{model}/versions/{number}"), null, cancellationToken);
                terminal.Done(parsed, $"Version {number} of model {model} is deleted.");
            }
            else
            {
                confirm.Check(parsed, terminal, $"Delete model '{model}', all its versions and its key for good?");
                await client.TextAsync(HttpMethod.Delete, ServiceClient.Path($"models/{model}"), null, cancellationToken);
                terminal.Done(parsed, $"Model {model} is deleted, and so is its key.");
            }
            return ExitCodes.Success;
        });
        return command;
    }
}
