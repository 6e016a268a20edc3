using System.Text.Json;

namespace AIaaS.Cli.Service;

/// <summary>What a refused request answered: RFC 9457 problem details, the inference protocol's {"error":"…"}, or nothing that can be read.</summary>
/// <param name="Code">Contract; null where something else than the service answered.</param>
/// <param name="Message">For people.</param>
/// <param name="Errors">Single faults.</param>
/// <param name="TraceId">To find the request in the service's log.</param>
public sealed record ServiceProblem(string? Code, string Message, IReadOnlyList<ServiceFault> Errors, string? TraceId)
{
    /// <param name="status">HTTP status.</param>
    /// <param name="code">The x-ms-error-code header; null where none was sent.</param>
    /// <param name="body">Whatever was answered; never trusted to be JSON.</param>
    public static ServiceProblem Parse(int status, string? code, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return Read(status, code, document.RootElement);
        }
        catch (JsonException)
        {
            // A proxy's page or an empty body: the status has to speak for itself.
        }
        return new ServiceProblem(code, ByStatus(status), [], null);
    }

    private static ServiceProblem Read(int status, string? code, JsonElement root)
    {
        if (Text(root, "error") is { } protocolError)
            return new ServiceProblem(code, protocolError, [], null);
        var text = Text(root, "detail") ?? Text(root, "title") ?? ByStatus(status);
        return new ServiceProblem(Text(root, "code") ?? code, text, [.. Faults(root)], Text(root, "traceId"));
    }

    private static IEnumerable<ServiceFault> Faults(JsonElement root)
    {
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array) yield break;
        foreach (var error in errors.EnumerateArray())
        {
            if (error.ValueKind == JsonValueKind.Object)
                yield return new ServiceFault(Text(error, "pointer") ?? "", Text(error, "detail") ?? "");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string ByStatus(int status) => status switch
    {
        401 => "The service refused the key, or none was given.",
        403 => "The service does not allow this.",
        404 => "The service does not know this address.",
        413 => "The request is larger than the service accepts.",
        _ => $"The service answered with HTTP status {status} and no explanation.",
    };
}
