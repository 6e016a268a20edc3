using System.CommandLine;
using System.Text;
using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Local;
using AIaaS.Cli.Models.Predict;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Models;

/// <summary>aiaas predict MODEL [FILE | --data …].</summary>
public static class PredictCommand
{
    /// <summary>Samples in one request.</summary>
    private const int BatchSize = 256;

    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("predict",
            """
            Ask a model: for the rows of a file, for one image, or for values given in place

            Formats, told by content: CSV and TSV with a header, JSON objects or arrays, JSON Lines, NPY, IDX (also gzipped),
            PNG and JPEG, or a request of the Open Inference Protocol V2, which is sent as it is.
            """,
            "aiaas predict iris --data '{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}'",
            "aiaas predict iris new-flowers.csv",
            "aiaas predict digits seven.png",
            "aiaas predict digits t10k-images-idx3-ubyte.gz --json | jq -r '.predictions[].label'",
            "# The service sees neither the image nor the answer; the model was trained with 'privacy: { inference: ckks }'",
            "aiaas predict digits seven.png --encrypted",
            "# A version or an alias instead of production",
            "aiaas predict digits seven.png --model-version 1");
        var model = new Argument<string>("MODEL") { Description = "Name of the model" };
        var file = new Argument<FileInfo>("FILE") { Description = "File with samples", Arity = ArgumentArity.ZeroOrOne };
        file.AcceptExistingOnly();
        var data = new Option<string?>("--data", "-d") { Description = "Samples in place: JSON or CSV; - reads standard input", HelpName = "TEXT" };
        var version = new Option<string?>("--model-version") { Description = "Version number [default: production, else the latest]", HelpName = "N" };
        command.Add(model);
        command.Add(file);
        command.Add(data);
        var encrypted = new Option<bool>("--encrypted") { Description = "Encrypt the input; the service computes on what it cannot read" };
        var keyFile = new Option<string?>("--key-file") { Description = "Secret key for --encrypted, made when missing [default: one a model in client-keys/ of the data folder]", HelpName = "FILE" };
        command.Add(version);
        command.Add(encrypted);
        command.Add(keyFile);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var content = await ContentAsync(parsed.GetValue(file), parsed.GetValue(data), cancellationToken);
            using var client = service.Connect(parsed);
            var name = parsed.GetRequiredValue(model);
            var path = ServiceClient.Path($"v2/models/{name}") + (parsed.GetValue(version) is { } number ? ServiceClient.Path($"/versions/{number}") : "");
            var samples = SampleReader.Read(content);
            if (parsed.GetValue(encrypted))
            {
                var keys = parsed.GetValue(keyFile) ?? DataFolder.Default(terminal).ClientKeyFile(client.Address.Url, name);
                return Write(await EncryptedPredictions.RunAsync(client, name, parsed.GetValue(version), samples, keys, terminal, cancellationToken));
            }
            if (samples is ProtocolRequest request)
            {
                using var body = ServiceClient.Bytes(request.Body, "application/json");
                terminal.WriteJson(await client.TextAsync(HttpMethod.Post, path + "/infer", body, cancellationToken));
                return ExitCodes.Success;
            }
            return Write(await PredictAsync(client, path, samples, terminal, cancellationToken));

            int Write(PredictionReport report)
            {
                if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(JsonSerializer.Serialize(report, CliJson.Readable.PredictionReport));
                else PredictionView.Write(terminal, report);
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static async Task<PredictionReport> PredictAsync(ServiceClient client, string path, Samples samples, Terminal terminal, CancellationToken cancellationToken)
    {
        var signature = (await client.GetAsync(path, CliJson.Default.ModelSignature, cancellationToken)).Value;
        var inputs = SampleEncoder.Encode(signature, samples, terminal);
        var predictions = new List<Prediction>();
        string? version = null;
        for (var first = 0; first < inputs[0].Samples.Count; first += BatchSize)
        {
            var count = Math.Min(BatchSize, inputs[0].Samples.Count - first);
            using var body = InferBody.Create(inputs, first, count);
            var answer = (await client.SendAsync(HttpMethod.Post, path + "/infer", body, CliJson.Default.InferAnswer, cancellationToken)).Value;
            version = answer.ModelVersion;
            predictions.AddRange(answer.Predictions(count));
        }
        return new PredictionReport(signature.Name, version, predictions);
    }

    private static async Task<byte[]> ContentAsync(FileInfo? file, string? data, CancellationToken cancellationToken)
    {
        if ((file is null) == (data is null))
            throw new CliException(ExitCodes.Usage, file is null ? "There is nothing to predict." : "A file and --data are given; one is enough.", "Give a file, or values with --data.");
        if (data == "-")
        {
            using var buffer = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(buffer, cancellationToken);
            return buffer.ToArray();
        }
        if (data is not null) return Encoding.UTF8.GetBytes(data);
        return file!.Length <= SampleReader.MaximumBytes
            ? await File.ReadAllBytesAsync(file.FullName, cancellationToken)
            : throw new CliException(ExitCodes.Failed, $"{file.Name} is larger than {SampleReader.MaximumBytes >> 20} MiB.", "Drop it into the container 'requests' instead: batch inference has no such limit.");
    }
}
