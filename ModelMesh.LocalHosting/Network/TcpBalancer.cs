using System.Net.Sockets;

namespace ModelMesh.LocalHosting;

/// <summary>
/// One shared port in front of replicas, connection by connection in turn. A replica that is out of rotation or refuses the connection is passed over,
/// so the port answers while any replica lives. Connections that run are left alone, whatever becomes of the rotation.
/// </summary>
internal sealed class TcpBalancer : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly IReadOnlyList<int> _targets;
    private readonly Rotation _rotation;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _next;

    /// <param name="targets">The replicas' ports, in the order of <paramref name="rotation"/>.</param>
    public TcpBalancer(int port, IReadOnlyList<int> targets, Rotation rotation)
        : this(Listen(port), targets, rotation, TimeProvider.System) => Port = port;

    /// <param name="listener">Listens already; the balancer owns it.</param>
    internal TcpBalancer(Socket listener, IReadOnlyList<int> targets, Rotation rotation, TimeProvider time)
    {
        _listener = listener;
        _targets = targets;
        _rotation = rotation;
        _time = time;
        _accepting = AcceptAsync(_stopping.Token);
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private static Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // No ReuseAddress: it would let a second launcher listen on the same port. Connections that linger in TIME_WAIT do not stand in the way.
            listener.Bind(Loopback.At(port));
            listener.Listen(1024);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(cancellationToken);
                _ = ServeAsync(client, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                // The client was gone before it was accepted; or something that lasts, such as too many open files, which must not keep a core busy.
                await Task.Delay(PauseAfterFault, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                using var replica = await ConnectAsync(cancellationToken);
                if (replica is not null)
                {
                    await TcpRelay.RunAsync(client, replica, cancellationToken);
                }
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side broke off; closing both tells the other.
            }
        }
    }

    private async Task<Socket?> ConnectAsync(CancellationToken cancellationToken)
    {
        foreach (var replica in _rotation.Order((uint)Interlocked.Increment(ref _next)))
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(Loopback.At(_targets[replica]), cancellationToken);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        return null;
    }
}
