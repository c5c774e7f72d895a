namespace ModelMesh.Backends.Wire.Http;

/// <summary>A share of a plugin's connections. Disposed once, after the last request on it.</summary>
public sealed class ConnectionLease : IDisposable
{
    private UpstreamConnections? _connections;

    internal ConnectionLease(HttpMessageHandler handler, UpstreamConnections connections)
    {
        Handler = handler;
        _connections = connections;
    }

    /// <summary>What sends requests, for a client library that brings none of its own. Shared: whoever uses it does not dispose it.</summary>
    public HttpMessageHandler Handler { get; }

    /// <summary>Gives the share back; the last one closes the connections.</summary>
    public void Dispose() => Interlocked.Exchange(ref _connections, null)?.Return();
}
