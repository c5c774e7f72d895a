using System.Net;
using System.Net.Sockets;

namespace ModelMesh.LocalHosting.Tests;

public sealed class TcpBalancerTests
{
    [Fact]
    public async Task Connection_ClientFinishedSending_AnswerStillArrives()
    {
        using var target = Listen();
        await using var balancer = new TcpBalancer(FreePorts.Next(), [PortOf(target)], new Rotation(1));
        using var client = new TcpClient("127.0.0.1", balancer.Port);
        using var replica = await target.AcceptTcpClientAsync();

        using var reader = new StreamReader(client.GetStream());
        client.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await replica.GetStream().ReadAsync(new byte[1]));
        await replica.GetStream().WriteAsync("answer"u8.ToArray());
        replica.Close();

        Assert.Equal("answer", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Connection_ReplicaResets_ClientIsClosed()
    {
        using var target = Listen();
        await using var balancer = new TcpBalancer(FreePorts.Next(), [PortOf(target)], new Rotation(1));
        using var client = new TcpClient("127.0.0.1", balancer.Port);
        var replica = await target.AcceptTcpClientAsync();

        replica.LingerState = new LingerOption(enable: true, seconds: 0);
        replica.Dispose();

        Assert.True(await EndsAsync(client).WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Connection_NoReplicaLives_ClientIsClosed()
    {
        await using var balancer = new TcpBalancer(FreePorts.Next(), [FreePorts.Next(), FreePorts.Next()], new Rotation(2));
        using var client = new TcpClient("127.0.0.1", balancer.Port);

        Assert.True(await EndsAsync(client).WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Port_ThatAnotherLauncherBalances_IsTaken()
    {
        await using var balancer = new TcpBalancer(FreePorts.Next(), [], new Rotation(1));

        Assert.False(FreePorts.IsFree(balancer.Port));
        Assert.Throws<LaunchException>(() => FreePorts.Claim(balancer.Port, "http"));
        Assert.Throws<SocketException>(() => new TcpBalancer(balancer.Port, [], new Rotation(1)));
    }

    [Fact]
    public async Task Port_OfALauncherThatHasGone_IsFreeAtOnce()
    {
        using var target = Listen();
        int port;
        await using (var balancer = new TcpBalancer(FreePorts.Next(), [PortOf(target)], new Rotation(1)))
        {
            port = balancer.Port;
            using var client = new TcpClient("127.0.0.1", port);
            using var replica = await target.AcceptTcpClientAsync();

            // Whoever closes first keeps the connection in TIME_WAIT: here the balancer's side.
            replica.Close();
            Assert.True(await EndsAsync(client).WaitAsync(TimeSpan.FromSeconds(5)));
        }

        Assert.True(FreePorts.IsFree(port));
    }

    [Fact]
    public async Task Accept_FailsForGood_PausesInBetween()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(Loopback.At(0));
        listener.Listen();
        // To accept on it fails from now on.
        listener.Shutdown(SocketShutdown.Both);
        var time = new StoppedTime();

        // One that does not pause never returns.
        await using var balancer = await Task.Run(() => new TcpBalancer(listener, [], new Rotation(1), time)).WaitAsync(TimeSpan.FromSeconds(5));

        await Eventually.HoldsAsync(() => time.Pauses == 1, "the balancer pauses");
    }

    private static async Task<bool> EndsAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Counts who waits, and lets nobody go on.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        private int _pauses;

        public int Pauses => Volatile.Read(ref _pauses);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _pauses);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
