using System.Net;
using System.Net.Sockets;

namespace ModelMesh.LocalHosting.StandIn;

/// <summary>Accepts connections, says its process id, and closes them.</summary>
internal static class StandInStore
{
    public static async Task RunAsync(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Console.WriteLine("started");
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        }
    }
}
