using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ModelMesh.Registry.Tests.Store;

/// <summary>Stands before a server and carries what goes through each of its connections, as its kind says. Disposing it closes them.</summary>
internal abstract class StoreRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly int _serverPort;

    protected StoreRelay(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Stop();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    /// <summary>Begins to carry a new connection, in both directions.</summary>
    protected abstract void Carry(TcpClient client, TcpClient server);

    /// <summary>Runs until one side ends, or <paramref name="copy"/> is cancelled.</summary>
    protected static async Task CopyAsync(TcpClient from, TcpClient to, Func<NetworkStream, NetworkStream, Task> copy)
    {
        try
        {
            await copy(from.GetStream(), to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient { NoDelay = true };
                client.NoDelay = true;
                _connections.Add(client);
                _connections.Add(server);
                await server.ConnectAsync(IPAddress.Loopback, _serverPort);
                Carry(client, server);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
