using System.Net.Sockets;

namespace ModelMesh.Registry.Tests.Store;

/// <summary>Stands before a server. The connections it has can be made deaf: they stay open, and nothing goes through them any more, as with a firewall that forgot them.</summary>
internal sealed class DeafRelay(int serverPort) : StoreRelay(serverPort)
{
    private CancellationTokenSource _deaf = new();

    public void DeafenConnections() => Interlocked.Exchange(ref _deaf, new CancellationTokenSource()).Cancel();

    protected override void Carry(TcpClient client, TcpClient server)
    {
        var deaf = _deaf.Token;
        _ = CopyAsync(client, server, (from, to) => from.CopyToAsync(to, deaf));
        _ = CopyAsync(server, client, (from, to) => from.CopyToAsync(to, deaf));
    }
}
