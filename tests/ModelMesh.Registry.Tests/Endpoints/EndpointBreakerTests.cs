using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

public sealed class EndpointBreakerTests(EndpointRegistry shared) : IClassFixture<EndpointRegistry>
{
    private static readonly ModelResilience Quick = new() { MaxRetries = 0, BreakerFailures = 2, BreakerOpenMs = 60_000 };

    [Fact]
    public async Task Infer_TheOnlyEndpointKeptFailing_IsRefusedAtOnceWithTheReasonAndWithoutASlot()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "", model => model with { Resilience = Quick });
        bench.Set("", "Upstream");
        Assert.Equal(ErrorCode.BackendError, (await bench.FailsAsync()).Code);
        Assert.Equal(ErrorCode.BackendError, (await bench.FailsAsync()).Code);
        var asked = bench.Registry.Leases.Asked;

        var error = await bench.FailsAsync();
        Assert.Equal(
            (ErrorCode.BackendUnavailable, $"Model '{bench.Model.Name}' version 'v1' is not asked for now, since its upstream keeps failing: The patient says Upstream."),
            (error.Code, error.Message));
        Assert.InRange(error.RetryAfter!.Value.TotalSeconds, 1, 60);
        Assert.Equal((2, asked), (bench.CallsAt(""), bench.Registry.Leases.Asked));
    }

    [Theory]
    [InlineData("InvalidRequest", false)]
    [InlineData("RateLimited", false)]
    [InlineData("Unauthenticated", true)]
    [InlineData("NotFound", true)]
    [InlineData("cut", true)]
    [InlineData("empty", true)]
    public async Task Infer_FailuresOfAKindInARow_OpenTheBreakerWhereTheyAreTheUpstreams(string how, bool opens)
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "", model => model with { Resilience = Quick });
        bench.Set("", how);
        await bench.FailsAsync();
        await bench.FailsAsync();

        Assert.Equal(opens ? CircuitState.Open : CircuitState.Closed, bench.Endpoints.All[0].Breaker.State);
    }

    [Fact]
    public async Task Infer_TheUpstreamRecovers_OneRequestTriesItWhileOthersAreRefusedAndThenAllAreServed()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "", model => model with { Resilience = Quick with { BreakerOpenMs = 300 } });
        bench.Set("", "Upstream");
        await bench.FailsAsync();
        await bench.FailsAsync();
        bench.Set("", "hang");
        await Eventually.HoldsAsync(() => bench.Endpoints.All[0].Breaker.State == CircuitState.HalfOpen, "the breaker's time is over");
        using var gone = new CancellationTokenSource();
        using var probe = bench.Infer(gone.Token);
        await Eventually.HoldsAsync(() => bench.CallsAt("") == 3, "one request tries the upstream");

        Assert.Equal(ErrorCode.BackendUnavailable, (await bench.FailsAsync()).Code);
        Assert.Equal(3, bench.CallsAt(""));

        // The one that tried has gone without an answer, so the next tries.
        bench.Set("", "ok");
        await gone.CancelAsync();
        await Eventually.HoldsAsync(() => bench.Endpoints.All[0].Breaker.Admits, "the next may try");
        await bench.CompletesAsync();
        Assert.Equal(CircuitState.Closed, bench.Endpoints.All[0].Breaker.State);
    }

    [Fact]
    public async Task Infer_ACallerLeavesTheOneThatTriesADeafUpstream_TheNextTriesThoughThatCallNeverEnded()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "", model => model with { Resilience = Quick with { BreakerOpenMs = 300 } });
        bench.Set("", "Upstream");
        await bench.FailsAsync();
        await bench.FailsAsync();
        bench.Set("", "deaf");
        var endpoint = bench.Endpoints.All[0];
        await Eventually.HoldsAsync(() => endpoint.Breaker.State == CircuitState.HalfOpen, "the breaker's time is over");
        using var gone = new CancellationTokenSource();
        using var probe = bench.Infer(gone.Token);
        await Eventually.HoldsAsync(() => bench.CallsAt("") == 3, "one request tries the upstream");

        await gone.CancelAsync();
        await Eventually.HoldsAsync(() => endpoint.Breaker.Admits, "the next may try");
        Assert.Equal(1, endpoint.InFlight);

        // What the first brings now is nobody's: it neither closes the breaker nor takes the next one's turn.
        bench.Set("", "ok");
        await Eventually.HoldsAsync(() => endpoint.InFlight == 0, "the call that was left has ended");
        Assert.True(endpoint.Breaker.Admits);
        Assert.Equal(CircuitState.HalfOpen, endpoint.Breaker.State);
        await bench.CompletesAsync();
        Assert.Equal(CircuitState.Closed, endpoint.Breaker.State);
    }

    [Fact]
    public async Task Infer_OneOfThreeEndpointsIsDown_OnceItsBreakerIsOpenItCostsNothing()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "abc", model => model with { Resilience = new ModelResilience { BreakerFailures = 3, BreakerOpenMs = 60_000 } });
        bench.Set("a", "Unavailable");
        var attempts = 0;
        for (var request = 0; request < 60; request++)
        {
            attempts += (await bench.CompletesAsync()).Attempts[0];
        }

        Assert.Equal((3, 63), (bench.CallsAt("a"), attempts));
        Assert.Equal(60, bench.CallsAt("b") + bench.CallsAt("c"));
        Assert.InRange(bench.CallsAt("b"), 20, 40);
        Assert.Equal(HealthState.Healthy, bench.Registry.Runtimes.Find(bench.Model)!.Health.Current.Standing.State);
    }

    [Fact]
    public async Task Infer_OneEndpointFailsNowAndThen_IsPassedByThoughNeverSoOftenInARow()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab", model => model with { Resilience = new ModelResilience { BreakerFailures = 1000, RetryBudget = 1 } });
        for (var request = 0; request < 60 && bench.Endpoints.All[0].Breaker.State == CircuitState.Closed; request++)
        {
            bench.Set("a", request % 4 < 2 ? "Upstream" : "ok");
            await bench.CompletesAsync();
        }

        Assert.Equal((CircuitState.Open, CircuitState.Closed), (bench.Endpoints.All[0].Breaker.State, bench.Endpoints.All[1].Breaker.State));
        Assert.InRange(bench.CallsAt("a"), 10, 40);
    }

    [Fact]
    public async Task Infer_AllEndpointsAreHeldByTheirUpstreams_RateLimitedWithoutAnotherCall()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab");
        bench.Set("a", "RateLimited 30000");
        bench.Set("b", "RateLimited 20000");
        Assert.Equal(ErrorCode.RateLimited, (await bench.FailsAsync()).Code);
        var error = await bench.FailsAsync();

        Assert.Equal(ErrorCode.RateLimited, error.Code);
        Assert.InRange(error.RetryAfter!.Value.TotalSeconds, 1, 20);
        Assert.Equal((1, 1), (bench.CallsAt("a"), bench.CallsAt("b")));
    }

    [Fact]
    public async Task Shown_AnEndpointWithAQuery_IsShownWithoutIt()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "a");
        await bench.CompletesAsync();

        Assert.Equal("http://a/v1", Assert.Single(bench.Endpoints.All).Shown);
    }
}
