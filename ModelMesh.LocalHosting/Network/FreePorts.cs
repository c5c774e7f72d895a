using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ModelMesh.LocalHosting;

/// <summary>
/// Ports for processes that are started later. They lie below the range that Linux gives to outgoing connections, so that none of those takes one in between.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly ConcurrentDictionary<int, bool> GivenOut = new();

    public static int Next()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = Random.Shared.Next(First, End);
            if (GivenOut.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }

        throw new LaunchException($"No free port between {First} and {End}.");
    }

    public static int Claim(int port, string endpoint) =>
        IsFree(port) ? port : throw new LaunchException($"Port {port} (endpoint '{endpoint}') is taken: stop what listens on it, or give another port.");

    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(Loopback.At(port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
