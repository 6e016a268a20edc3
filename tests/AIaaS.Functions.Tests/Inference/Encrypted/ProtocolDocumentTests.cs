using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>docs/protocol-he-ckks.md, byte for byte; only what is random is put in: the keys' id and the binding, of the same length.</summary>
public sealed partial class ProtocolDocumentTests(RunningApp app)
{
    private const string Model = "digits-he";

    private static readonly string Page = File.ReadAllText(Path.Combine(ProjectRoot.Path, "docs", "protocol-he-ckks.md"));

    [Fact]
    public async Task Examples_OfThePage_AreWhatGoesOverTheWire()
    {
        await app.PublishAsync(Model, EncryptedModels.Documented);
        using var client = await EncryptedClient.ReadAsync(app, Model);
        await client.UploadAsync();
        var (requestLength, requestJson, requestBytes) = Example("POST /v2/models/digits-he/infer");
        var (answerLength, answerJson, answerBytes) = Example("200 application/octet-stream");
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Documented.Input(2), compression: SealCompression.None));
        var request = JsonNode.Parse(requestJson)!["inputs"]![0]!["parameters"]!;
        var sent = requestJson
            .Replace(request["evaluation_keys"]!.GetValue<string>(), client.Keys.Id, StringComparison.Ordinal)
            .Replace(request["binding"]!.GetValue<string>(), EncryptedBinding.Compute(app.Key, Model, "1", client.Keys.Id, "7", tensor), StringComparison.Ordinal);

        using var answer = await client.SendAsync(Encoding.UTF8.GetBytes(sent), tensor);

        requestLength.ShouldBe(sent.Length);
        tensor.AsSpan(0, requestBytes.Length).ToArray().ShouldBe(requestBytes);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        answer.Headers.GetValues("Inference-Header-Content-Length").ShouldBe([answerLength.ToString()]);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Encoding.UTF8.GetString(body, 0, answerLength).ShouldBe(answerJson);
        body.AsSpan(answerLength, answerBytes.Length).ToArray().ShouldBe(answerBytes);
    }

    [Fact]
    public async Task Metadata_OfThePage_IsTheServices()
    {
        await app.PublishAsync("documented-metadata", EncryptedModels.Documented);
        using var answer = await app.Http.GetAsync("v2/models/documented-metadata");
        var actual = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["he_ckks"]!;
        var shown = JsonNode.Parse(MetadataBlock().Match(Page).Groups["json"].Value)!["he_ckks"]!;

        // Predictions pass through logarithms, whose last bit is the machine's.
        foreach (var name in (string[])["predicted_error", "hiding_bits"])
        {
            shown[name]!.GetValue<double>().ShouldBe(actual[name]!.GetValue<double>(), 1e-6);
            actual[name] = shown[name]!.DeepClone();
        }
        actual.ToJsonString().ShouldBe(shown.ToJsonString());
    }

    [Fact]
    public void Binding_OfThePage_IsWhatTheServiceComputes()
    {
        var lines = BindingBlock().Match(Page).Groups["lines"].Value.TrimEnd('\n').Split('\n');
        var example = BindingValue().Match(Page);
        byte[] tensor = [4, 0, 0, 0, 1, 2, 3, 4];

        lines[5].ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(tensor)));
        EncryptedBinding.Compute(example.Groups["key"].Value, lines[1], lines[2], lines[3], lines[4], tensor).ShouldBe(example.Groups["binding"].Value);
    }

    [Fact]
    public void Errors_OfThePage_AreCodesOfTheService() =>
        ErrorCode().Matches(Page).Select(match => match.Groups["code"].Value).ShouldBeSubsetOf(Pipeline.Problems.ProblemCodes.All.Keys);

    private static (int Length, string Json, byte[] Bytes) Example(string first)
    {
        var lines = Page[Page.IndexOf(first, StringComparison.Ordinal)..].Split('\n');
        var header = lines.First(line => line.StartsWith("Inference-Header-Content-Length: ", StringComparison.Ordinal));
        var json = Array.FindIndex(lines, line => line.StartsWith('{'));
        var bytes = lines[json + 1].Replace("…", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (int.Parse(header.Split(' ')[1]), lines[json], [.. bytes.Select(value => Convert.ToByte(value, 16))]);
    }

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetadataBlock();

    [GeneratedRegex(@"```\n(?<lines>he_ckks\n.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BindingBlock();

    [GeneratedRegex(@"under the key `(?<key>[^`]+)`; its binding is `(?<binding>[0-9a-f]{64})`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BindingValue();

    [GeneratedRegex(@"`(?<code>(EncryptionUnsupported|EvaluationKeys[A-Z]\w*|Ciphertext[A-Z]\w*|Busy))`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorCode();
}
