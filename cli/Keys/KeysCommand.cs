using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Keys;

/// <summary>aiaas keys list | rotate | disable | enable.</summary>
public static class KeysCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("keys",
            """
            List, rotate, disable and enable the keys that protect datasets and models

            Every dataset has the key dataset-NAME, every model model-NAME. Deleting a dataset or model deletes its key, and
            with it every chance to read what it protected.
            """,
            "aiaas keys list", "aiaas keys rotate dataset-digits", "aiaas keys disable model-digits");
        command.Add(List(terminal));
        command.Add(Change(terminal, "rotate", "Make a new version of a key; data stays as it is and stays readable, only the small content key is wrapped again",
            key => $"Key {key} has a new version.", "aiaas keys rotate dataset-digits"));
        command.Add(Change(terminal, "disable", "Disable a key: within a minute nothing that it protects can be read, by anyone",
            key => $"Key {key} is disabled; within a minute what it protects cannot be read. Undo with: aiaas keys enable {key}", "aiaas keys disable model-digits"));
        command.Add(Change(terminal, "enable", "Enable a disabled key again",
            key => $"Key {key} is enabled.", "aiaas keys enable model-digits"));
        return command;
    }

    private static ExampleCommand List(Terminal terminal)
    {
        var command = new ExampleCommand("list", "List all keys with their versions and states", "aiaas keys list", "aiaas keys list --json");
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var answer = await client.GetAsync("keys", CliJson.Default.ListingVaultKeyInfo, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(answer.Json);
            else KeyView.List(terminal, answer.Value.Value);
            return ExitCodes.Success;
        });
        return command;
    }

    private static ExampleCommand Change(Terminal terminal, string verb, string description, Func<string, string> done, params string[] examples)
    {
        var command = new ExampleCommand(verb, description, examples);
        var name = new Argument<string>("KEY") { Description = "Name of the key, as 'aiaas keys list' shows it" };
        command.Add(name);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var key = parsed.GetRequiredValue(name);
            var text = await client.TextAsync(HttpMethod.Post, ServiceClient.Path($"keys/{key}/") + verb, null, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json) && text.Length > 0) terminal.WriteJson(text);
            else terminal.Done(parsed, done(key));
            return ExitCodes.Success;
        });
        return command;
    }
}
