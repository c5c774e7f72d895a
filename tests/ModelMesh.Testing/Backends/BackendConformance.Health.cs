using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>The health check.</content>
public abstract partial class BackendConformance
{
    private static readonly string[] TokenMakers = ["chat", "completion", "generate", "embed", "responses", "rerank", "classify"];

    [Fact]
    public async Task Health_OfAHealthyUpstream_IsHealthyAndMakesNoTokens()
    {
        var upstream = Upstream(Streaming(Dialect.Ending()));

        var health = await Create(upstream.Address).CheckHealthAsync(CancellationToken.None);

        Assert.Equal(BackendHealthState.Healthy, health.State);
        Assert.NotEmpty(upstream.Requests);
        Assert.DoesNotContain(upstream.Requests, request => TokenMakers.Any(maker => request.Path.Contains(maker, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Health_OfAnUpstreamThatAnswersWithAnError_IsNotHealthyAndSaysWhy(int status)
    {
        var upstream = Own(ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(status, Dialect.Error($"not now ({ApiKey})"))));

        var health = await Create(upstream.Address).CheckHealthAsync(CancellationToken.None);

        Assert.NotEqual(BackendHealthState.Healthy, health.State);
        AssertReason(health);
    }

    [Fact]
    public async Task Health_OfAnUpstreamThatRefusesConnections_IsUnhealthyAndSaysWhy()
    {
        using var port = new ClosedPort();

        var health = await Create(port.Address).CheckHealthAsync(CancellationToken.None);

        Assert.Equal(BackendHealthState.Unhealthy, health.State);
        AssertReason(health);
    }

    [Fact]
    public async Task Health_OfAnUpstreamThatBreaksOff_IsUnhealthyAndSaysWhy()
    {
        var upstream = Own(ScriptedUpstream.Answering(exchange =>
        {
            exchange.Connection.Reset();
            return Task.CompletedTask;
        }));

        var health = await Create(upstream.Address).CheckHealthAsync(CancellationToken.None);

        Assert.Equal(BackendHealthState.Unhealthy, health.State);
        AssertReason(health);
    }

    [Fact]
    public async Task Health_OfAnUpstreamThatHangs_EndsWithItsToken()
    {
        var asked = new Arrivals();
        var backend = Create(Own(ScriptedUpstream.Answering(exchange => asked.ArriveAsync(exchange.Connection))).Address);

        await BestOfSixAsync(async () =>
        {
            using var cancelling = new CancellationTokenSource();
            var checking = backend.CheckHealthAsync(cancelling.Token).AsTask();
            return await ClosedAfterCancelAsync(cancelling, checking, await asked.NextAsync().WaitAsync(Patience, TimeProvider.System));
        });
    }

    [Fact]
    public async Task Health_OfAnUpstreamThatHangs_IsUnhealthyAfterFiveSeconds()
    {
        var asked = new Arrivals();
        var upstream = Own(ScriptedUpstream.Answering(exchange => asked.ArriveAsync(exchange.Connection)));
        var checking = Create(upstream.Address).CheckHealthAsync(CancellationToken.None).AsTask();
        await asked.NextAsync().WaitAsync(Patience, TimeProvider.System);

        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(checking.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(1));

        var health = await checking.WaitAsync(Patience, TimeProvider.System);
        Assert.Equal(BackendHealthState.Unhealthy, health.State);
        AssertReason(health);
    }

    private static void AssertReason(BackendHealth health)
    {
        Assert.False(string.IsNullOrWhiteSpace(health.Reason));
        Assert.DoesNotContain(ApiKey, health.ToString(), StringComparison.Ordinal);
    }
}
