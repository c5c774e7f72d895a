using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ModelMesh.Testing.Backends;

/// <summary>A port that lets connections wait: its queue is full and nobody accepts, so the system drops every further SYN.</summary>
public sealed class FullUpstream : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fillers = [];

    private FullUpstream()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>How many connections wait for an answer to their SYN.</summary>
    public int Pending => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == Port && connection.State == TcpState.SynSent);

    private int Port { get; }

    public static async Task<FullUpstream> StartAsync()
    {
        var upstream = new FullUpstream();
        while (upstream.Pending == 0)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            upstream._fillers.Add(filler);
            var connecting = filler.ConnectAsync(upstream._listener.LocalEndPoint!);
            _ = connecting.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
            await Eventually.HoldsAsync(() => connecting.IsCompleted || upstream.Pending > 0, "a filler has connected or waits");
        }

        upstream._fillers[^1].Dispose();
        await Eventually.HoldsAsync(() => upstream.Pending == 0, "no filler waits");
        return upstream;
    }

    public ValueTask DisposeAsync()
    {
        _fillers.ForEach(filler => filler.Dispose());
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
