using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Models;

public static class ModelsAddCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("add",
            """
            Register an ONNX file that was not trained here, as a new version of a model

            The file is checked (size, nodes, nesting; external data and custom operators are refused) and first loaded in a
            process of its own. Adding the same file again gives the same version.
            """,
            "aiaas models add resnet resnet18.onnx", "aiaas models add resnet resnet18.onnx --json | jq .version");
        var name = new Argument<string>("NAME") { Description = "Name of the model" };
        var file = new Argument<FileInfo>("FILE") { Description = "ONNX file" };
        file.AcceptExistingOnly();
        command.Add(name);
        command.Add(file);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var model = parsed.GetRequiredValue(name);
            await using var stream = parsed.GetRequiredValue(file).OpenRead();
            using var content = new StreamContent(stream);
            var answer = await client.SendAsync(HttpMethod.Put, ServiceClient.Path($"models/{model}/onnx"), content, CliJson.Default.ModelVersion, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(answer.Json);
            else terminal.Done(parsed, $"Model {model} version {answer.Value.Version} is registered. Try: aiaas predict {model} FILE");
            return ExitCodes.Success;
        });
        return command;
    }
}
