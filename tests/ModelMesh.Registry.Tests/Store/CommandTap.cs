using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ModelMesh.Registry.Tests.Store;

/// <summary>Stands before a store and notes down every command that is sent to it, before the store gets it.</summary>
internal sealed class CommandTap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly ConcurrentQueue<string[]> _commands = [];
    private readonly int _serverPort;

    public CommandTap(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string ConnectionString => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What came since it was last asked, in order, each as its words.</summary>
    public IReadOnlyList<string[]> Take()
    {
        var taken = new List<string[]>();
        while (_commands.TryDequeue(out var command))
        {
            taken.Add(command);
        }

        return taken;
    }

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
                var server = new TcpClient { NoDelay = true };
                client.NoDelay = true;
                _connections.Add(client);
                _connections.Add(server);
                await server.ConnectAsync(IPAddress.Loopback, _serverPort);
                _ = CopyAsync(client, server, new CommandReader());
                _ = CopyAsync(server, client, reader: null);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, CommandReader? reader)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                foreach (var command in reader?.Read(buffer.AsSpan(0, count)) ?? [])
                {
                    _commands.Enqueue(command);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // One side is gone.
        }
    }
}
