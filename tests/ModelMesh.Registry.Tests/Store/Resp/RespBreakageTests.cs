using System.Net;
using System.Net.Sockets;
using System.Text;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>Whatever becomes of a connection, nobody who asked waits for ever.</summary>
public sealed class RespBreakageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("")]
    [InlineData("$5\r\nhal")]
    [InlineData("*2\r\n:1\r\n")]
    public async Task Call_ConnectionEndsInTheMiddleOfAnAnswer_FailsAllThatWait(string part)
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        var (first, second) = (Ping(connection), Ping(connection));
        await pair.HearAsync();

        await pair.Far.WriteAsync(Encoding.UTF8.GetBytes(part));
        pair.Far.Close();

        await AssertBrokenAsync(connection, first, second);
    }

    [Theory]
    [InlineData("+PONG\r\nHTTP/1.1 400 Bad Request\r\n\r\n", 1)]
    [InlineData("+PONG\r\n+PONG\r\n+PONG\r\n", 2)]
    public async Task Call_ServerSendsWhatIsNoAnswer_GetsWhatCameBeforeAndBreaks(string sent, int answered)
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        Task<StoreReply>[] calls = [Ping(connection), Ping(connection)];
        await pair.HearAsync();

        await pair.Far.WriteAsync(Encoding.UTF8.GetBytes(sent));

        Assert.IsType<RespProtocolException>(await connection.Broken.WaitAsync(Patience));
        foreach (var call in calls[..answered])
        {
            Assert.Equal("PONG", (await call.WaitAsync(Patience)).Text);
        }

        await AssertBrokenAsync(connection, calls[answered..]);
    }

    [Fact]
    public async Task Dispose_CallsThatWait_Fail()
    {
        using var pair = await SocketPair.OpenAsync();
        var connection = new RespConnection(pair.Near);
        Task<StoreReply>[] calls = [.. Enumerable.Range(0, 100).Select(_ => Ping(connection))];

        connection.Dispose();

        await AssertBrokenAsync(connection, calls);
    }

    [Fact]
    public async Task Dispose_ServerThatDoesNotRead_FailsAlsoWhatCouldNotBeSent()
    {
        using var pair = await SocketPair.OpenAsync();
        var connection = new RespConnection(pair.Near);

        // More than what lies between can hold.
        var text = new string('x', 1024 * 1024);
        Task<StoreReply>[] calls = [.. Enumerable.Range(0, 32).Select(_ => connection.CallAsync(new WordsCommand("ECHO", text)))];

        connection.Dispose();

        await AssertBrokenAsync(connection, calls);
    }

    [Fact]
    public async Task Call_AnswersByteByByte_AreUnderstood()
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        var call = Ping(connection);
        await pair.HearAsync();

        foreach (var one in Encoding.UTF8.GetBytes("*2\r\n$4\r\nab\r\n\r\n:7\r\n"))
        {
            await pair.Far.WriteAsync(new[] { one });
        }

        var items = (await call.WaitAsync(Patience)).Items;
        Assert.Equal(("ab\r\n", 7), (items[0].Text, items[1].Number));
    }

    [Fact]
    public async Task Call_WhoeverContinues_DoesNotHoldUpTheNextAnswers()
    {
        using var pair = await SocketPair.OpenAsync();
        using var connection = new RespConnection(pair.Near);
        using var secondCame = new ManualResetEventSlim();
        var first = Task.Run(async () =>
        {
            await Ping(connection);
            return secondCame.Wait(Patience);
        });
        await pair.HearAsync();
        var second = Ping(connection);

        await pair.Far.WriteAsync(Encoding.UTF8.GetBytes("+PONG\r\n+PONG\r\n"));
        await second.WaitAsync(Patience);
        secondCame.Set();

        Assert.True(await first);
    }

    [Fact]
    public async Task Open_ServerThatNeverAnswers_IsGivenUp()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        await Assert.ThrowsAsync<TimeoutException>(() => OpenAsync((IPEndPoint)silent.LocalEndpoint, TimeSpan.FromMilliseconds(100)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Open_NobodyServes_FailsLikeAStoreThatIsAway()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = (IPEndPoint)listener.LocalEndpoint;
        listener.Dispose();

        var failure = await Assert.ThrowsAsync<IOException>(() => OpenAsync(address, Patience));

        Assert.True(StoreErrors.IsAway(failure));
    }

    private static Task<RespConnection> OpenAsync(IPEndPoint address, TimeSpan limit) =>
        RespHandshake.OpenAsync(RespSettings.Choose(address.ToString(), [])!, limit, TimeProvider.System, CancellationToken.None);

    private static Task<StoreReply> Ping(RespConnection connection) => connection.CallAsync(new WordsCommand("PING"));

    private static async Task AssertBrokenAsync(RespConnection connection, params Task<StoreReply>[] waiting)
    {
        await connection.Broken.WaitAsync(Patience);
        foreach (var call in waiting.Append(Ping(connection)))
        {
            var failure = await Assert.ThrowsAsync<IOException>(() => call.WaitAsync(Patience));
            Assert.True(StoreErrors.IsAway(failure));
        }

        Assert.True(connection.IsBroken);
    }
}
