namespace ModelMesh.Backends.Wire.Http;

/// <summary>
/// The HTTP connections of one load of a plugin. A factory holds one instance and every backend rents from it, so all models of a type share a pool; when the
/// last backend returns its lease the connections are closed, and nothing keeps the plugin's load context alive. Thread-safe.
/// </summary>
/// <remarks>
/// HTTP/1.1, no redirects (they would carry the key elsewhere), no cookies, no time-out but the one for connecting: 10 s. Cancelling a request closes its
/// socket at once, also while the connection is still being made. A request whose connection breaks within a second, before its answer's headers are there, is
/// sent once more; its content must be one that can be written twice.
/// </remarks>
/// <param name="time">Says how soon a connection broke; the system's if absent.</param>
public sealed class UpstreamConnections(TimeProvider? time = null)
{
    private readonly Lock _lock = new();
    private readonly ClosingServers _closing = new();
    private SocketsHttpHandler? _handler;
    private int _leases;

    /// <summary>How long a TCP connection and its TLS handshake may take.</summary>
    public static TimeSpan ConnectTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Takes a share of the connections; whoever rents disposes the lease.</summary>
    /// <param name="closesAfterStreams">Whether the server closes a connection after a streamed answer without a word: then none is used twice.</param>
    public ConnectionLease Rent(bool closesAfterStreams = false)
    {
        lock (_lock)
        {
            _handler ??= Create();
            _leases++;
            return new ConnectionLease(new UpstreamHandler(_handler, _closing, closesAfterStreams, time ?? TimeProvider.System), this);
        }
    }

    internal void Return()
    {
        SocketsHttpHandler? unused = null;
        lock (_lock)
        {
            if (--_leases == 0)
            {
                (unused, _handler) = (_handler, null);
            }
        }

        unused?.Dispose();
    }

    private static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        ConnectCallback = PendingConnect.ConnectAsync,
        PlaintextStreamFilter = PendingConnect.EstablishedAsync,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        // Enough for what follows an end mark; an answer that is left before its end closes its connection instead of reading on.
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(25),
    };
}
