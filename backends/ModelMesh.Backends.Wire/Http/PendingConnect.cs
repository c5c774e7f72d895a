using System.Net.Sockets;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>
/// A connection while it is made for a request. SocketsHttpHandler lets one live on after its request was cancelled, for the next request to use; here it is
/// closed, in the TCP handshake by the token and in the TLS handshake by closing the socket under it. Once established it belongs to the pool.
/// </summary>
internal sealed class PendingConnect(CancellationToken requestToken)
{
    public static readonly HttpRequestOptionsKey<PendingConnect> Key = new("ModelMesh.PendingConnect");

    private readonly Lock _lock = new();
    private CancellationTokenRegistration _watch;

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // A proxy's CONNECT is a request of the handler's own, which carries no options of ours.
        context.InitialRequestMessage.Options.TryGetValue(Key, out var pending);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, pending?.RequestToken ?? CancellationToken.None);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, either.Token);
            pending?.Watch(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static ValueTask<Stream> EstablishedAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken _)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(Key, out var pending))
        {
            pending.Unwatch();
        }

        return ValueTask.FromResult(context.PlaintextStream);
    }

    private CancellationToken RequestToken => requestToken;

    private void Watch(Socket socket)
    {
        var watch = requestToken.UnsafeRegister(static state => ((Socket)state!).Dispose(), socket);
        lock (_lock)
        {
            _watch = watch;
        }
    }

    private void Unwatch()
    {
        CancellationTokenRegistration watch;
        lock (_lock)
        {
            (watch, _watch) = (_watch, default);
        }

        watch.Dispose();
    }
}
