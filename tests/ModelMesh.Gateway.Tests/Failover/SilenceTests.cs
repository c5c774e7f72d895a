using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry.Waiting;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>Registries whose connection lives while they do nothing: no request hangs on them. A request that does is ended by the client after 30 s, which fails the test.</summary>
public sealed class SilenceTests
{
    private static readonly string[] Impatient = ["--Registry:AcceptTimeout=00:00:00.7"];
    private static readonly ModelTimeouts Short = new() { FirstTokenMs = 50, IdleMs = 50 };

    [Fact]
    public async Task InstanceThatNeverAccepts_IsLeftForAnother_AndAvoided()
    {
        await using var hung = await FakeRegistry.StartAsync("a");
        await using var good = await FakeRegistry.StartAsync("b");
        hung.Behave = call => call.HangAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [.. Impatient, "--Registry:QuarantineBase=00:00:05"], hung, good);

        for (var i = 0; i < 6; i++)
        {
            var (response, _) = await gateway.AskAsync(stream: true);
            Assert.Equal("b", response.Header("x-modelmesh-instance"));
        }

        Assert.Single(hung.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InstanceThatAcceptsAndSaysNothing_TimesOut_AndTheNextVersionServes(bool stream)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(async call =>
        {
            await call.AcceptAsync();
            await call.HangAsync();
        });
        await using var other = await FakeRegistry.StartAsync("b");
        other.Behave = registry.Behave;
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(timeouts: Short), Impatient, registry, other);

        var (response, _) = await gateway.AskAsync(stream);

        Assert.Equal((HttpStatusCode.OK, "chat@v1"), (response.StatusCode, response.Header("x-modelmesh-fallback")));
        Assert.Equal(1, registry.CallsOf("chat") + other.CallsOf("chat"));
    }

    [Fact]
    public async Task InstanceThatFallsSilentInMidStream_EndsTheStreamWithATimeout()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model() with { Timeouts = Short }), Impatient, registry);

        var (_, body) = await gateway.AskAsync(stream: true);

        Assert.Contains("event: error\ndata: {\"error\":{\"code\":\"timeout\",\"message\":\"Registry instance registry-1 has been silent", body, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => registry.Calls.Single().CancelledAt != 0, "the call is cancelled");
    }

    [Theory]
    [InlineData(50, 60_000, false)]
    [InlineData(60_000, 50, true)]
    public async Task RevisionThatServes_IsWaitedForByItsOwnTimeouts_NotByThoseThatTheGatewayKnows(int firstTokenMs, int idleMs, bool hasToken)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(1);
            await call.AcceptAsync(revision: 2, firstTokenMs, idleMs);
            await (hasToken ? call.TokensAsync("one") : Task.CompletedTask);
            await call.HangAsync();
        };
        var known = FakeCatalog.Model() with { Timeouts = new() { FirstTokenMs = 600_000, IdleMs = 600_000 } };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(known), ["--Registry:AcceptTimeout=00:00:02", "--Answers:QueueNotice=01:00:00"], registry);

        // Of a stream the client waits only for the first token.
        var (_, body) = await gateway.AskAsync(stream: !hasToken);

        Assert.Contains("\"code\":\"timeout\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_OfARevisionThatServes_AreItsOwnWhereItSaysThem()
    {
        var known = WaitBounds.Of(FakeCatalog.Model() with { Timeouts = Short, MaxQueue = 1, QueueTimeoutMs = 700 }, TimeSpan.FromSeconds(1));
        var serving = WaitBounds.Of(FakeCatalog.Model() with { Timeouts = new() { FirstTokenMs = int.MaxValue, IdleMs = 4_000 } }, TimeSpan.FromSeconds(1));

        Assert.Equal(known with { FirstToken = serving.FirstToken, Idle = serving.Idle }, known.For(new Accepted { FirstTokenMs = int.MaxValue, IdleMs = 4_000 }));
        Assert.Equal(known, known.For(new Accepted()));
    }

    [Fact]
    public async Task InstanceThatTellsAPlaceInTheQueueAndNothingMore_IsLeftForAnother()
    {
        await using var hung = await FakeRegistry.StartAsync("a");
        await using var good = await FakeRegistry.StartAsync("b");
        hung.Behave = async call =>
        {
            await call.QueuedAsync(1);
            await call.HangAsync();
        };
        var model = FakeCatalog.Model() with { MaxQueue = 5, QueueTimeoutMs = 50 };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(model), Impatient, hung, good);

        for (var i = 0; i < 2; i++)
        {
            var (response, _) = await gateway.AskAsync(stream: false);
            Assert.Equal("b", response.Header("x-modelmesh-instance"));
        }

        Assert.Single(hung.Calls);
    }

    [Fact]
    public async Task EmbeddingsThatNeverCome_TimeOut()
    {
        await using var registry = await FakeRegistry.StartAsync();
        using var hang = new ManualResetEventSlim();
        registry.Embed = _ =>
        {
            hang.Wait(TimeSpan.FromSeconds(20));
            return new EmbedResponse();
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model() with { Timeouts = Short }), Impatient, registry);

        using var response = await gateway.Client.PostAsync("/embed", new StringContent("""{"model":"chat","input":"hi"}""", System.Text.Encoding.UTF8, "application/json"));
        hang.Set();

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }
}
