using System.Threading.Channels;

namespace ModelMesh.Testing.Backends;

/// <summary>Connections that have come to the point at which a script leaves them alone.</summary>
public sealed class Arrivals
{
    private readonly Channel<UpstreamConnection> _arrived = Channel.CreateUnbounded<UpstreamConnection>();

    /// <summary>Lets the test know, and ends when the client has closed the connection.</summary>
    public async Task ArriveAsync(UpstreamConnection connection)
    {
        await _arrived.Writer.WriteAsync(connection);
        await connection.ClientClosed;
    }

    /// <summary>The next connection that arrives.</summary>
    public Task<UpstreamConnection> NextAsync() => _arrived.Reader.ReadAsync().AsTask();
}
