using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Azure.Security.KeyVault.Keys;

/// <summary>The answer a vault would have given over HTTP.</summary>
internal sealed class VaultResponse(int status, byte[] content) : Response
{
    private static readonly HttpHeader s_contentType = new("Content-Type", "application/json; charset=utf-8");

    public static VaultResponse Ok { get; } = new(200, []);

    public override int Status => status;

    public override bool IsError => status >= 400;

    public override string ReasonPhrase => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    };

    public override Stream? ContentStream { get; set; } = new MemoryStream(content, 0, content.Length, writable: false, publiclyVisible: true);

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose() { }

    protected override bool ContainsHeader(string name) => name.Equals(s_contentType.Name, StringComparison.OrdinalIgnoreCase);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [s_contentType];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = ContainsHeader(name) ? s_contentType.Value : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = ContainsHeader(name) ? [s_contentType.Value] : null;
        return values is not null;
    }
}
