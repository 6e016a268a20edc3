using System.CommandLine;
using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Models;

/// <summary>aiaas models list | show | promote | delete | add.</summary>
public static class ModelsCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("models", "List, show, promote, delete and register models",
            "aiaas models list", "aiaas models show digits", "aiaas models promote digits 2", "aiaas models add resnet resnet18.onnx");
        command.Add(ModelsListCommand.Create(terminal));
        command.Add(ModelsShowCommand.Create(terminal));
        command.Add(ModelsPromoteCommand.Create(terminal));
        command.Add(ModelsDeleteCommand.Create(terminal));
        command.Add(ModelsAddCommand.Create(terminal));
        return command;
    }
}
