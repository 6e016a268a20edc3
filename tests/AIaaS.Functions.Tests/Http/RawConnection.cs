using System.Net.Sockets;
using System.Text;

namespace AIaaS.Functions.Tests.Http;

/// <summary>A connection on which anything can be sent, whatever HTTP says.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    /// <returns>How much was taken before the other side closed; all of it unless it did.</returns>
    public async Task<long> SendUntilClosedAsync(ReadOnlyMemory<byte> piece, long total)
    {
        var sent = 0L;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (sent < total) sent += await _socket.SendAsync(piece, limit.Token);
        }
        catch (SocketException)
        {
            // What is looked for.
        }
        return sent;
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Everything until the other side closes.</summary>
    /// <exception cref="TimeoutException">It does not close.</exception>
    public async Task<string> ReadToCloseAsync()
    {
        var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (await _socket.ReceiveAsync(buffer, limit.Token) is > 0 and var count) received.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // Reset: closed as well.
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"The connection is still open after {Limit.TotalMinutes} min.", exception);
        }
        return Encoding.Latin1.GetString(received.ToArray());
    }

    public void Dispose() => _socket.Dispose();
}
