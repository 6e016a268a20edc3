using System.CommandLine;
using System.Globalization;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Models;

public static class ModelsPromoteCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("promote",
            """
            Point an alias at a version; running requests are not disturbed

            Requests that name no version get 'production' when it is set, else the latest. Rolling back is promoting an
            older version.
            """,
            "aiaas models promote digits 2", "# Roll back", "aiaas models promote digits 1", "# Another alias", "aiaas models promote digits 3 --alias canary");
        var name = new Argument<string>("NAME") { Description = "Name of the model" };
        var version = new Argument<int>("VERSION") { Description = "A version of 'aiaas models show NAME'" };
        var alias = new Option<string>("--alias") { Description = "The alias to move", HelpName = "NAME", DefaultValueFactory = static _ => "production" };
        command.Add(name);
        command.Add(version);
        command.Add(alias);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var model = parsed.GetRequiredValue(name);
            var number = parsed.GetRequiredValue(version);
            using var body = ServiceClient.Text(string.Create(CultureInfo.InvariantCulture, $"{{\"version\":{number}}}"), "application/json");
            var text = await client.TextAsync(HttpMethod.Put, ServiceClient.Path($"models/{model}/aliases/{parsed.GetRequiredValue(alias)}"), body, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(text);
            else terminal.Done(parsed, $"{model} version {number} is now '{parsed.GetRequiredValue(alias)}'.");
            return ExitCodes.Success;
        });
        return command;
    }
}
