using System.Net;
using System.Net.Sockets;

namespace ModelMesh.LocalHosting.Tests;

public sealed class TcpRelayTests
{
    // As a server does that refuses an upload by its announced length: it answers, and closes with the body unread.
    [Fact]
    public async Task Relay_ReplicaAnsweredAndResetInMidUpload_AnswerStillArrives()
    {
        var (client, clientSide) = await ConnectAsync();
        var (replica, replicaSide) = await ConnectAsync();
        using var _ = client;
        using (clientSide)
        using (replicaSide)
        {
            await client.SendAsync("upload"u8.ToArray());
            await replica.SendAsync("answer"u8.ToArray());
            replica.Close(timeout: 0);
            await Eventually.HoldsAsync(() => clientSide.Available > 0 && replicaSide.Poll(0, SelectMode.SelectError), "both have arrived, the reset too");

            try
            {
                await TcpRelay.RunAsync(clientSide, replicaSide, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5));
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // A reset ends the relay; the balancer closes both sides then.
            }
        }

        var answer = new byte[16];
        Assert.Equal("answer".Length, await client.ReceiveAsync(answer));
    }

    private static async Task<(Socket Outside, Socket Inside)> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var outside = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await outside.ConnectAsync(listener.LocalEndpoint);
        return (outside, await listener.AcceptSocketAsync());
    }
}
