using System.Net;
using System.Net.Sockets;

namespace ModelMesh.Testing;

/// <summary>Ports for programs that have to be told theirs.</summary>
public static class LoopbackPort
{
    /// <summary>
    /// A free one, below the range that the system gives to outgoing connections: a server may come back to its port after a kill, while clients keep
    /// connecting to it, and one of those could be given that very port.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
