using System.Text;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class UpstreamConnectionsTests
{
    [Fact]
    public async Task Leases_OfOnePlugin_ShareConnectionsUntilTheLastIsReturned()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(200, "{}"));
        var connections = new UpstreamConnections();
        var first = new UpstreamHttp(connections.Rent(), apiKey: null, TimeProvider.System);
        var second = new UpstreamHttp(connections.Rent(), apiKey: null, TimeProvider.System);

        await first.ProbeAsync(upstream.Address, 100, CancellationToken.None);
        await second.ProbeAsync(upstream.Address, 100, CancellationToken.None);
        first.Dispose();
        first.Dispose();
        await second.ProbeAsync(upstream.Address, 100, CancellationToken.None);

        var connection = Assert.Single(upstream.Connections);
        Assert.False(connection.ClientClosed.IsCompleted);
        second.Dispose();
        await connection.ClientClosed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Lease_TakenAfterTheLastWasReturned_Connects()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(200, "{}"));
        var connections = new UpstreamConnections();
        connections.Rent().Dispose();

        using var http = new UpstreamHttp(connections.Rent(), apiKey: null, TimeProvider.System);

        Assert.Equal(200, (await http.ProbeAsync(upstream.Address, 100, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Token_OfTheRequestThatConnected_DoesNotCloseTheConnectionLater()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(200, "{}"));
        using var http = new UpstreamHttp(new UpstreamConnections().Rent(), apiKey: null, TimeProvider.System);
        using var cancelled = new CancellationTokenSource();

        // The connection outlives the request that had it made, and so must not heed its token any more.
        await http.ProbeAsync(upstream.Address, 100, cancelled.Token);
        await cancelled.CancelAsync();

        Assert.Equal(200, (await http.ProbeAsync(upstream.Address, 100, CancellationToken.None)).Status);
        Assert.Single(upstream.Connections);
    }

    [Fact]
    public async Task Server_WhoseStreamedAnswerIsOfCppHttplib_IsAskedToCloseByEveryLeaseFromThenOn()
    {
        await using var upstream = ScriptedUpstream.Answering(AnswerAsync);
        var connections = new UpstreamConnections();
        using var first = new UpstreamHttp(connections.Rent(), apiKey: null, TimeProvider.System);
        using var second = new UpstreamHttp(connections.Rent(), apiKey: null, TimeProvider.System);

        await first.ProbeAsync(upstream.Address, 100, CancellationToken.None);
        await first.ProbeAsync(upstream.Address, 100, CancellationToken.None);
        await second.ProbeAsync(upstream.Address, 100, CancellationToken.None);

        Assert.Equal([null, "close", "close"], upstream.Requests.Select(request => request.Header("Connection")));

        static async Task AnswerAsync(UpstreamExchange exchange)
        {
            await exchange.StartAsync("text/event-stream", headers: "Keep-Alive: timeout=5, max=100");
            await exchange.SendAsync("data: [DONE]\n\n");
            await exchange.EndAsync();
        }
    }

    [Fact]
    public async Task Server_ThatIsKnownToClose_IsAskedToFromTheFirstRequestOn()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(200, "{}"));
        using var http = new UpstreamHttp(new UpstreamConnections().Rent(closesAfterStreams: true), apiKey: null, TimeProvider.System);

        await http.ProbeAsync(upstream.Address, 100, CancellationToken.None);

        Assert.Equal("close", Assert.Single(upstream.Requests).Header("Connection"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_LostOnAKeptConnection_IsSentOnceMore(bool reset)
    {
        var requests = 0;
        await using var upstream = ScriptedUpstream.Answering(exchange => ++requests == 2 ? LoseAsync(exchange, reset) : exchange.AnswerAsync(200, "{}"));
        using var http = new UpstreamHttp(new UpstreamConnections().Rent(), apiKey: null, TimeProvider.System);
        await http.ProbeAsync(upstream.Address, 100, CancellationToken.None);

        Assert.Equal(200, await PostAsync(http, upstream));
        Assert.Equal(["", "\"a prompt\"", "\"a prompt\""], upstream.Requests.Select(request => Encoding.UTF8.GetString(request.Body)));
        Assert.Equal(2, upstream.Connections.Count);
    }

    [Fact]
    public async Task Request_LostTwice_Fails()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => LoseAsync(exchange, reset: false));
        using var http = new UpstreamHttp(new UpstreamConnections().Rent(), apiKey: null, TimeProvider.System);

        await Assert.ThrowsAsync<BackendException>(() => PostAsync(http, upstream));
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task Request_ThatTheServerWorkedOnBeforeItBrokeOff_IsNotSentAgain()
    {
        var clock = new ManualClock();
        await using var upstream = ScriptedUpstream.Answering(exchange =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return LoseAsync(exchange, reset: false);
        });
        using var http = new UpstreamHttp(new UpstreamConnections(clock).Rent(), apiKey: null, TimeProvider.System);

        await Assert.ThrowsAsync<BackendException>(() => PostAsync(http, upstream));
        Assert.Single(upstream.Requests);
    }

    private static async Task<int> PostAsync(UpstreamHttp http, ScriptedUpstream upstream)
    {
        using var body = new JsonBody();
        body.Writer.WriteStringValue("a prompt");
        using var response = await http.PostAsync(upstream.Address, body, "application/json", requestId: null, CancellationToken.None);
        return (int)response.StatusCode;
    }

    private static async Task LoseAsync(UpstreamExchange exchange, bool reset)
    {
        await Task.Yield();
        if (reset)
        {
            exchange.Connection.Reset();
        }
        else
        {
            exchange.Connection.Close();
        }
    }
}
