using System.Net;
using System.Net.Sockets;
using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Local;

/// <summary>Ports of the loopback interface.</summary>
public static class FreePort
{
    /// <summary>Where Functions listens by habit.</summary>
    public const int Usual = 7071;

    /// <param name="asked">Must be free; null takes <see cref="Usual"/> when it is free, else any.</param>
    /// <exception cref="CliException">The port asked for is taken.</exception>
    public static int Choose(int? asked)
    {
        if (asked is { } port)
        {
            return IsFree(port)
                ? port
                : throw new CliException(ExitCodes.Failed, $"Port {port} is taken by another program.", "Choose another with --port, or leave it out to get a free one.");
        }
        return IsFree(Usual) ? Usual : Any();
    }

    public static int Any()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
