using System.Text;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>Keeps the last infer request as it goes on the wire, head and body, to be sent again without encrypting again.</summary>
internal sealed class RecordedRequests() : DelegatingHandler(new SocketsHttpHandler())
{
    public byte[] Last { get; private set; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content && request.RequestUri!.AbsolutePath.EndsWith("/infer", StringComparison.Ordinal))
        {
            var body = await content.ReadAsByteArrayAsync(cancellationToken);
            var head = new StringBuilder($"POST {request.RequestUri.PathAndQuery} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n");
            foreach (var (name, values) in request.Headers.Concat(content.Headers.Where(header => header.Key != "Content-Length")))
                head.Append(name).Append(": ").Append(string.Join(',', values)).Append("\r\n");
            Last = [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
