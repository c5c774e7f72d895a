using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ModelMesh.Registry.Tests.Store;

/// <summary>Stands before a server. The connections it has can be made deaf: they stay open, and nothing goes through them any more, as with a firewall that forgot them.</summary>
internal sealed class DeafRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly int _serverPort;
    private CancellationTokenSource _deaf = new();

    public DeafRelay(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void DeafenConnections() => Interlocked.Exchange(ref _deaf, new CancellationTokenSource()).Cancel();

    public void Dispose()
    {
        _listener.Stop();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                _connections.Add(client);
                _connections.Add(server);
                await server.ConnectAsync(IPAddress.Loopback, _serverPort);
                var deaf = _deaf.Token;
                _ = CopyAsync(client, server, deaf);
                _ = CopyAsync(server, client, deaf);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken deaf)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), deaf);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone, or the connection went deaf.
        }
    }
}
