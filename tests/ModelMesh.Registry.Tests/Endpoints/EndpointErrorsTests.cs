using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Endpoints;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

public sealed class EndpointErrorsTests
{
    private static readonly EndpointState Open = new("http://a/", 1, CircuitState.Open, 0, 5, TimeSpan.Zero, TimeSpan.FromSeconds(4), "It was refused.");
    private static readonly EndpointState Held = new("http://b/", 1, CircuitState.Closed, 0, 0, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(9), null);

    [Fact]
    public void NoneTakes_AllBreakersAreOpen_UnavailableWithTheReasonsAndTheShortestWait() => Assert.Equal(
        (ErrorCode.BackendUnavailable, "Model 'chat' version 'v1' is not asked for now, since all 3 of its endpoints keep failing: It was refused. It took too long.", TimeSpan.FromSeconds(2)),
        Told(Open, Open, Open with { LastError = "It took too long.", TakesIn = TimeSpan.FromSeconds(2) }));

    [Fact]
    public void NoneTakes_TheOnlyOneIsBeingTried_UnavailableForAMoment() => Assert.Equal(
        (ErrorCode.BackendUnavailable, "Model 'chat' version 'v1' is not asked for now, since its upstream keeps failing: It was refused.", TimeSpan.FromMilliseconds(100)),
        Told(Open with { State = CircuitState.HalfOpen, TakesIn = TimeSpan.Zero }));

    [Fact]
    public void NoneTakes_AllUpstreamsAskedToWait_RateLimitedForTheShortestWait()
    {
        var (code, _, wait) = Told(Held, Held with { TakesIn = TimeSpan.FromSeconds(3), Held = TimeSpan.FromSeconds(3) });

        Assert.Equal((ErrorCode.RateLimited, TimeSpan.FromSeconds(3)), (code, wait));
    }

    [Fact]
    public void NoneTakes_SomeAreLimitedAndSomeFail_Unavailable()
    {
        var (code, _, wait) = Told(Held, Open);

        Assert.Equal((ErrorCode.BackendUnavailable, TimeSpan.FromSeconds(4)), (code, wait));
    }

    private static (ErrorCode Code, string Message, TimeSpan? Wait) Told(params EndpointState[] endpoints)
    {
        var error = EndpointErrors.NoneTakes(new ModelId("chat", "v1"), endpoints);
        return (error.Code, error.Message, error.RetryAfter);
    }
}
