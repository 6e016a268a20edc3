using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using AIaaS.Client;

namespace AIaaS.Cli.Models.Predict;

/// <summary>Asks a model on encrypted input: keys once, then a ciphertext a sample.</summary>
internal static class EncryptedPredictions
{
    /// <summary>Samples; each is a request of its own.</summary>
    private const int MaxSamples = 10_000;

    /// <exception cref="CliException">The samples are none that the model takes, or the key file cannot be used.</exception>
    /// <exception cref="ServiceProblemException">The service refused.</exception>
    public static async Task<PredictionReport> RunAsync(
        ServiceClient service, string model, string? version, Samples samples, string keyFile, Terminal terminal, CancellationToken cancellationToken)
    {
        if (service.Address.Key is not { Length: > 0 } key)
            throw new CliException(ExitCodes.Usage, "Encrypted requests are bound under the service's access key, and none is given.", "Give --key, or set AIAAS_KEY.");
        using var client = new AIaaSClient(service.Address.Url, key);
        try
        {
            using var opened = await terminal.Reporting(step =>
            {
                step($"Keys of {model}: made and sent where the service lacks them");
                return client.OpenEncryptedAsync(model, keyFile, version, cancellationToken);
            });
            var signature = (await service.GetAsync(Path(model, version), CliJson.Default.ModelSignature, cancellationToken)).Value;
            var inputs = EncryptedInputs.Of(signature, opened, samples, terminal);
            if (inputs.Count > MaxSamples) throw SampleReader.Refuse($"The file holds {inputs.Count} samples; {MaxSamples} are asked encrypted at once.");
            var classes = await ClassesAsync(service, model, opened.ModelVersion, cancellationToken);
            var answers = new List<EncryptedPrediction>();
            foreach (var input in inputs) answers.Add(await opened.PredictAsync(input, cancellationToken));
            return new PredictionReport(model, opened.ModelVersion, [.. answers.Select(answer => Prediction(answer.Values, classes, opened.PredictedError))], EncryptionReport.Of(answers));
        }
        catch (KeyFileException exception)
        {
            throw new CliException(ExitCodes.Failed, exception.Message, "Name another file with --key-file, or mend this one.", exception);
        }
        catch (ArgumentException exception)
        {
            throw SampleReader.Refuse(exception.Message, exception);
        }
        catch (ServiceException exception)
        {
            throw new ServiceProblemException((int)exception.Status, new ServiceProblem(exception.Code, exception.Message, [], null));
        }
        catch (HttpRequestException exception)
        {
            throw new ServiceUnreachableException($"The service at {service.Address.Url} cannot be reached: {exception.Message}", exception);
        }
    }

    /// <summary>Decrypted values are shown as exact as they are and no more: what is below carries the noise of the key.</summary>
    private static Prediction Prediction(IReadOnlyList<double> values, IReadOnlyList<string>? classes, double error)
    {
        var digits = Math.Clamp((int)Math.Floor(-Math.Log10(Math.Max(error, 1e-12))), 0, 12);
        var scores = values.Select(value => Math.Round(value, digits)).ToArray();
        var outputs = new Dictionary<string, JsonElement[]>(StringComparer.Ordinal)
        {
            ["scores"] = [.. scores.Select(score => JsonSerializer.SerializeToElement(score, CliJson.Default.Double))],
        };
        if (classes?.Count != scores.Length) return new Prediction(null, null, scores.Length == 1 ? scores[0] : null, outputs);
        var best = Array.IndexOf(scores, scores.Max());
        var probability = 1 / scores.Sum(score => Math.Exp(score - scores[best]));
        return new Prediction(classes[best], Math.Round(probability, 3), null, outputs);
    }

    /// <summary>Names of the classes, from the model's card; null when it has none.</summary>
    private static async Task<IReadOnlyList<string>?> ClassesAsync(ServiceClient service, string model, string version, CancellationToken cancellationToken)
    {
        using var card = JsonDocument.Parse(await service.TextAsync(HttpMethod.Get, ServiceClient.Path($"models/{model}/versions/{version}/card"), null, cancellationToken));
        return card.RootElement.ValueKind == JsonValueKind.Object && card.RootElement.TryGetProperty("classes", out var classes) && classes.ValueKind == JsonValueKind.Array
            ? [.. classes.EnumerateArray().Select(name => name.ToString())]
            : null;
    }

    private static string Path(string model, string? version) =>
        ServiceClient.Path($"v2/models/{model}") + (version is null ? "" : ServiceClient.Path($"/versions/{version}"));
}
