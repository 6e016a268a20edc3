using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>One kept-alive HTTP/1.1 connection that knows just enough to find the end of an answer.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 << 10];
    private int _length;

    public HttpConnection(IPEndPoint endPoint) => _socket.Connect(endPoint);

    /// <summary>Sends a request and blocks until its answer is there.</summary>
    /// <exception cref="InvalidOperationException">The answer is not 200, or the server closed.</exception>
    public void Exchange(byte[] request)
    {
        Send(request);
        while (!Receive()) { }
    }

    /// <param name="request">Head and body.</param>
    public void Send(byte[] request)
    {
        for (var sent = 0; sent < request.Length;) sent += _socket.Send(request, sent, request.Length - sent, SocketFlags.None);
        _length = 0;
    }

    /// <summary>Reads on without waiting.</summary>
    /// <returns>Whether the answer is whole.</returns>
    /// <exception cref="InvalidOperationException">The answer is not 200, or the server closed.</exception>
    public bool Poll() => _socket.Available > 0 && Receive();

    private bool Receive()
    {
        if (_length == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = _socket.Receive(_buffer, _length, _buffer.Length - _length, SocketFlags.None);
        if (read == 0) throw new InvalidOperationException("The server closed the connection.");
        _length += read;
        var whole = LengthOf(_buffer.AsSpan(0, _length));
        return whole >= 0 && _length >= whole;
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Of head and body; -1 while the head is not complete.</summary>
    private static int LengthOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return -1;
        if (!answer.StartsWith("HTTP/1.1 200 "u8)) throw new InvalidOperationException($"The server answered: {Encoding.UTF8.GetString(answer)}");
        // Kestrel and Node differ in the case; the line's start keeps Inference-Header-Content-Length out.
        var name = answer.IndexOf("\r\nContent-Length: "u8);
        if (name < 0) name = answer.IndexOf("\r\ncontent-length: "u8);
        if (name < 0 || !Utf8Parser.TryParse(answer[(name + "\r\nContent-Length: ".Length)..], out int body, out _))
            throw new InvalidOperationException("The answer has no Content-Length.");
        return head + 4 + body;
    }
}
