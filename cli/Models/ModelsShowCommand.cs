using System.CommandLine;
using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Models;

public static class ModelsShowCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("show", "Show a model's versions, aliases and metrics, or the card of one version",
            "aiaas models show digits",
            "# The card of version 2: data, job, metrics, confusion matrix, sizes, latency", "aiaas models show digits --card 2");
        var name = new Argument<string>("NAME") { Description = "Name of the model" };
        var card = new Option<int?>("--card") { Description = "Write the model card of this version (JSON)", HelpName = "VERSION" };
        command.Add(name);
        command.Add(card);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var model = parsed.GetRequiredValue(name);
            if (parsed.GetValue(card) is { } version)
            {
                var text = await client.TextAsync(HttpMethod.Get, ServiceClient.Path($"models/{model}/versions/{version}/card"), null, cancellationToken);
                terminal.WriteJson(parsed.GetValue(RootCommandLine.Json) ? text : Indented(text));
                return ExitCodes.Success;
            }
            var answer = await client.GetAsync(ServiceClient.Path($"models/{model}"), CliJson.Default.ModelRecord, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(answer.Json);
            else ModelView.Show(terminal, answer.Value);
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
            document.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
