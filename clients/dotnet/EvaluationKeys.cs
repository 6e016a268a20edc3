using System.Net;
using System.Text.Json;

namespace AIaaS.Client;

/// <summary>Evaluation keys at the service.</summary>
internal sealed class EvaluationKeys(AIaaSClient client)
{
    private const int PartBytes = 8 << 20;
    private const int MaxAttempts = 10;

    /// <returns>Whether the set is there, whole, and has keys for all these rotations.</returns>
    public async Task<bool> AllowAsync(string id, IReadOnlyList<int> steps, CancellationToken cancellationToken)
    {
        if (await ShowAsync(id, cancellationToken) is not { } set || !set.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Object) return false;
        return steps.All(keys.GetProperty("rotationSteps").EnumerateArray().Select(step => step.GetInt32()).ToHashSet().Contains);
    }

    /// <summary>Sends a set in parts; after a broken connection it asks what came and goes on from there.</summary>
    public async Task SendAsync(EvaluationKeyBytes keys, CancellationToken cancellationToken)
    {
        long next = 0;
        for (var attempt = 1; next < keys.Bytes.Length;)
        {
            var end = Math.Min(next + PartBytes, keys.Bytes.Length);
            try
            {
                using var body = new ReadOnlyMemoryContent(keys.Bytes.AsMemory((int)next..(int)end));
                body.Headers.TryAddWithoutValidation("Content-Range", $"bytes {next}-{end - 1}/{keys.Bytes.Length}");
                using var answer = await client.SendAsync(HttpMethod.Put, $"evaluation-keys/{keys.Id}", body, cancellationToken);
                next = end;
            }
            catch (Exception exception) when (exception is HttpRequestException or ServiceException { Status: HttpStatusCode.ServiceUnavailable } && attempt < MaxAttempts)
            {
                attempt++;
                next = await ReceivedAsync(keys.Id, cancellationToken) / PartBytes * PartBytes;
            }
        }
    }

    private async Task<long> ReceivedAsync(string id, CancellationToken cancellationToken)
    {
        if (await ShowAsync(id, cancellationToken) is not { } set || !set.TryGetProperty("received", out var received) || received.ValueKind != JsonValueKind.Array || received.GetArrayLength() == 0) return 0;
        var first = received[0].GetString()!.Split('-');
        return first[0] == "0" ? long.Parse(first[1]) + 1 : 0;
    }

    private async Task<JsonElement?> ShowAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.SendAsync(HttpMethod.Get, $"evaluation-keys/{id}", null, cancellationToken);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return json.RootElement.Clone();
        }
        catch (ServiceException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
