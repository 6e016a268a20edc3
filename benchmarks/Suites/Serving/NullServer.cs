using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>Answers every request with the same bytes from one blocking thread per connection: what is left is the client, the loopback and one waking.</summary>
internal sealed class NullServer : IDisposable
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 160\r\n\r\n{new string('x', 160)}");

    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly int _requestLength;

    /// <param name="requestLength">Bytes of a whole request.</param>
    public NullServer(int requestLength)
    {
        _requestLength = requestLength;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        StartThread(Accept);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose() => _listener.Dispose();

    private static void StartThread(Action work) => new Thread(() => work()) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                StartThread(() => Serve(socket));
            }
        }
        catch (SocketException)
        {
            // The listener was disposed.
        }
    }

    private void Serve(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[_requestLength];
            for (var length = 0; socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None) is > 0 and var read;)
            {
                length += read;
                if (length < buffer.Length) continue;
                socket.Send(Answer);
                length = 0;
            }
        }
    }
}
