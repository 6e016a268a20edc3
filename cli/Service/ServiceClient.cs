using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AIaaS.Cli.Service;

/// <summary>The service's HTTP API. Names go into the path escaped; every answer that is no success becomes a <see cref="ServiceProblemException"/>.</summary>
public sealed class ServiceClient : IDisposable
{
    // Uploads and first predictions of a large model take longer than HttpClient's 100 s.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    private readonly HttpClient _http;

    public ServiceClient(ServiceAddress address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) }) { BaseAddress = address.Url, Timeout = Timeout };
        if (address.Key is not null) _http.DefaultRequestHeaders.Add("x-functions-key", address.Key);
    }

    public ServiceAddress Address { get; }

    /// <summary>A relative address from a format whose arguments are escaped: <c>Path($"datasets/{name}")</c>.</summary>
    public static string Path(FormattableString path) =>
        string.Format(path.Format, [.. path.GetArguments().Select(static argument => (object)Uri.EscapeDataString(argument?.ToString() ?? ""))]);

    public async Task<Answer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Read(await TextAsync(HttpMethod.Get, path, null, cancellationToken), type);

    public async Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Read(await TextAsync(method, path, content, cancellationToken), type);

    public async Task<string> TextAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await ResponseAsync(method, path, content, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>The raw response of a success; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> ResponseAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        var response = await ReachAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var code = response.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : null;
            throw new ServiceProblemException((int)response.StatusCode, ServiceProblem.Parse((int)response.StatusCode, code, body));
        }
    }

    public static HttpContent Text(string text, string mediaType) => new StringContent(text, Encoding.UTF8, mediaType);

    public static HttpContent Bytes(ReadOnlyMemory<byte> bytes, string mediaType = "application/octet-stream")
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> ReachAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ServiceUnreachableException($"The service at {Address.Url} cannot be reached: {exception.Message}", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServiceUnreachableException($"The service at {Address.Url} did not answer within {Timeout.TotalMinutes:0} minutes.", exception);
        }
    }

    private Answer<T> Read<T>(string text, JsonTypeInfo<T> type)
    {
        try
        {
            return new Answer<T>(JsonSerializer.Deserialize(text, type) ?? throw new JsonException("The answer is null."), text);
        }
        catch (JsonException exception)
        {
            throw new ServiceUnreachableException($"What answers at {Address.Url} does not speak this API: {exception.Message}", exception);
        }
    }
}
