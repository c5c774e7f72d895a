using System.Net;
using System.Net.Sockets;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>Both ends of one connection: a test is the server on the far end.</summary>
internal sealed class SocketPair : IDisposable
{
    private readonly TcpClient _near;
    private readonly TcpClient _far;

    private SocketPair(TcpClient near, TcpClient far) => (_near, _far) = (near, far);

    public NetworkStream Near => _near.GetStream();

    public NetworkStream Far => _far.GetStream();

    public static async Task<SocketPair> OpenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = new TcpClient { NoDelay = true };
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var far = await listener.AcceptTcpClientAsync();
        far.NoDelay = true;
        return new SocketPair(near, far);
    }

    /// <summary>Returns when something was asked.</summary>
    public async Task HearAsync() => _ = await Far.ReadAtLeastAsync(new byte[64 * 1024], 1);

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }
}
