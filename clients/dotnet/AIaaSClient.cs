using System.Text.Json;

namespace AIaaS.Client;

/// <summary>One service, asked with one function key. Used from any thread.</summary>
public sealed class AIaaSClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _owned;

    /// <param name="service">Address of the service, ending in a slash.</param>
    /// <param name="functionKey">Also the secret that encrypted requests are bound under.</param>
    public AIaaSClient(Uri service, string functionKey)
        : this(new HttpClient { BaseAddress = service, Timeout = TimeSpan.FromMinutes(10) }, functionKey) => _owned = true;

    /// <param name="http">With the service as its base address; stays the caller's.</param>
    /// <param name="functionKey">Also the secret that encrypted requests are bound under.</param>
    public AIaaSClient(HttpClient http, string functionKey)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrEmpty(functionKey);
        (_http, FunctionKey) = (http, functionKey);
    }

    internal string FunctionKey { get; }

    /// <summary>In the clear, at once.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="inputs">All of its inputs.</param>
    /// <param name="version">Number or alias; null for "production" where it is set, else "latest".</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServiceException">The service refused; the message says why.</exception>
    public async Task<InferenceAnswer> InferAsync(string model, IReadOnlyList<InferenceTensor> inputs, string? version = null, CancellationToken cancellationToken = default)
    {
        using var body = InferenceBody.Write(inputs);
        using var response = await SendAsync(HttpMethod.Post, $"{ModelPath(model, version)}/infer", body, cancellationToken);
        return await InferenceBody.ReadAsync(response, cancellationToken);
    }

    /// <summary>In the clear, later: the service stores the request encrypted and queues it.</summary>
    /// <inheritdoc cref="InferAsync"/>
    public async Task<PendingInference> InferLaterAsync(string model, IReadOnlyList<InferenceTensor> inputs, string? version = null, CancellationToken cancellationToken = default)
    {
        using var body = InferenceBody.Write(inputs);
        using var response = await SendAsync(HttpMethod.Post, $"{ModelPath(model, version)}/infer", body, cancellationToken, later: true);
        return await PendingInference.ReadAsync(this, response, cancellationToken);
    }

    /// <summary>Gets ready for encrypted requests: makes keys if the file has none for this model's parameters, and sends evaluation keys if the service lacks them.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="keyFile">Holds the secret key; made when missing, readable by its owner alone.</param>
    /// <param name="version">Number or alias; null for "production" where it is set, else "latest".</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServiceException">The service refused; EncryptionUnsupported for a model that does not answer on encrypted input.</exception>
    /// <exception cref="KeyFileException">The file is none, or others can read it.</exception>
    public Task<EncryptedModel> OpenEncryptedAsync(string model, string keyFile, string? version = null, CancellationToken cancellationToken = default) =>
        EncryptedModel.OpenAsync(this, model, version, keyFile, cancellationToken);

    public void Dispose()
    {
        if (_owned) _http.Dispose();
    }

    internal static string ModelPath(string model, string? version)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        return $"v2/models/{Uri.EscapeDataString(model)}" + (version is null ? "" : $"/versions/{Uri.EscapeDataString(version)}");
    }

    /// <returns>A success, to be disposed of.</returns>
    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken, bool later = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add("x-functions-key", FunctionKey);
        if (later) request.Headers.Add("Prefer", "respond-async");
        var response = await _http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await FaultAsync(response, cancellationToken);
    }

    private static async Task<ServiceException> FaultAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var code = response.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : null;
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(text);
            foreach (var member in (string[])["error", "detail"])
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(member, out var detail) && detail.ValueKind == JsonValueKind.String)
                    return new ServiceException(response.StatusCode, code, detail.GetString()!);
        }
        catch (JsonException)
        {
            // Not this service: a proxy, or the platform in front of it.
        }
        return new ServiceException(response.StatusCode, code, $"The service answered {(int)response.StatusCode} {response.ReasonPhrase}.");
    }
}
