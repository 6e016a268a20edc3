using System.Text;
using System.Text.Json;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Demo;

/// <summary>What the served model said about each held-out digit, and how long each answer took.</summary>
/// <param name="Labels">Predicted digit, one each.</param>
/// <param name="Milliseconds">Round trip of each request, as this client saw it; the first one loads the model and is left out.</param>
/// <param name="FirstMilliseconds">The first request: decryption, verification and loading included.</param>
public sealed record DigitPredictions(string[] Labels, double[] Milliseconds, double FirstMilliseconds)
{
    public int Correct(DigitSet digits) => Labels.Where((label, index) => label == digits.Labels[index].ToString()).Count();

    public double Percentile(double share)
    {
        var sorted = Milliseconds.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(share * sorted.Length) - 1)];
    }

    /// <summary>One request per digit, one after the other, with the pixels as a binary tensor.</summary>
    public static async Task<DigitPredictions> RequestAsync(ServiceClient client, string model, DigitSet digits, CancellationToken cancellationToken)
    {
        var head = Encoding.UTF8.GetBytes(
            $$$"""{"inputs":[{"name":"image","shape":[1,{{{DigitSet.Side}}},{{{DigitSet.Side}}},1],"datatype":"UINT8","parameters":{"binary_data_size":{{{DigitSet.Pixels}}}}}],"outputs":[{"name":"label"}]}""");
        var path = ServiceClient.Path($"v2/models/{model}/infer");
        var labels = new string[digits.Count];
        var milliseconds = new double[digits.Count];
        for (var i = 0; i < digits.Count; i++)
        {
            var body = new byte[head.Length + DigitSet.Pixels];
            head.CopyTo(body, 0);
            digits.Image(i).CopyTo(body.AsSpan(head.Length));
            using var content = ServiceClient.Bytes(body);
            content.Headers.Add("Inference-Header-Content-Length", head.Length.ToString());
            var started = TimeProvider.System.GetTimestamp();
            var answer = await client.TextAsync(HttpMethod.Post, path, content, cancellationToken);
            milliseconds[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            labels[i] = Label(answer);
        }
        return new DigitPredictions(labels, milliseconds[1..], milliseconds[0]);
    }

    private static string Label(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("outputs")[0].GetProperty("data")[0].GetString() ?? "";
    }
}
