using System.Net;
using System.Text.Json;

namespace AIaaS.Client;

/// <summary>A request that the service answers later.</summary>
public sealed class PendingInference
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(2);

    private readonly AIaaSClient _client;

    private PendingInference(AIaaSClient client, string id) => (_client, Id) = (client, id);

    /// <summary>Of the operation, which the service keeps for a day after its end.</summary>
    public string Id { get; }

    /// <summary>Asks as often as the service wishes, until the answer is there.</summary>
    /// <exception cref="ServiceException">The operation failed, or the service refused.</exception>
    public async Task<InferenceAnswer> WaitAsync(CancellationToken cancellationToken = default)
    {
        using var result = await ResultAsync(cancellationToken);
        return await InferenceBody.ReadAsync(result, cancellationToken);
    }

    internal static async Task<PendingInference> ReadAsync(AIaaSClient client, HttpResponseMessage accepted, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(await accepted.Content.ReadAsByteArrayAsync(cancellationToken));
        return new PendingInference(client, json.RootElement.GetProperty("id").GetString()!);
    }

    internal async Task<HttpResponseMessage> ResultAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var response = await _client.SendAsync(HttpMethod.Get, $"operations/{Id}", null, cancellationToken);
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            switch (json.RootElement.GetProperty("status").GetString())
            {
                case "Succeeded": return await _client.SendAsync(HttpMethod.Get, $"operations/{Id}/result", null, cancellationToken);
                case "Failed":
                    var error = json.RootElement.GetProperty("error");
                    throw new ServiceException(HttpStatusCode.UnprocessableEntity, error.GetProperty("code").GetString(), error.GetProperty("message").GetString() ?? "The operation failed.");
                default:
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? DefaultPause, TimeProvider.System, cancellationToken);
                    break;
            }
        }
    }
}
