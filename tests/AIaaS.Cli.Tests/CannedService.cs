using System.Net;
using System.Text;
using AIaaS.Cli.Local;

namespace AIaaS.Cli.Tests;

/// <summary>Something that answers HTTP on this machine with what a test says, and keeps what it was asked: proxies, other services and faults are like that.</summary>
public sealed class CannedService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, (int Status, string Body)> _answer;
    private readonly Task _serving;

    public CannedService(Func<string, (int Status, string Body)> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort.Any()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>"GET /datasets", the key that was shown, the body.</summary>
    public List<(string Request, string? Key, string Body)> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            // Stopped while this waited (HttpListenerException), or just before it began to (InvalidOperationException).
            catch (Exception exception) when (!_listener.IsListening && exception is HttpListenerException or InvalidOperationException)
            {
                return;
            }
            using var reader = new StreamReader(context.Request.InputStream);
            var request = $"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}";
            Asked.Add((request, context.Request.Headers["x-functions-key"], await reader.ReadToEndAsync()));
            var (status, body) = _answer(request);
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }
}
