using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>The probe of a version whose breaker is half open, and other requests beside it.</summary>
public sealed class RoutePassTests
{
    private readonly VersionGuard _guard;
    private readonly List<CircuitChange> _changes = [];

    public RoutePassTests()
    {
        var clock = new ManualClock();
        _guard = new VersionGuard(FakeCatalog.Model() with { Resilience = new ModelResilience { BreakerFailures = 1, BreakerOpenMs = 1_000 } }, clock);
        Enter().Failed();
        clock.Advance(TimeSpan.FromSeconds(1));
        _changes.Clear();
    }

    private CircuitBreaker Breaker => _guard.Breaker;

    [Fact]
    public void ProbeThatWaitsForASlot_LetsAnotherBeTheProbe_AndSaysNothingItself()
    {
        var waiting = Enter();
        Assert.False(Breaker.Admits);

        waiting.Waits();
        var probe = Enter();
        waiting.GoesOn();
        waiting.FirstToken();
        waiting.Failed();
        waiting.Dispose();

        Assert.Equal((CircuitState.HalfOpen, false), (Breaker.State, Breaker.Admits));
        probe.FirstToken();
        Assert.Equal([CircuitChange.Closed], _changes);
    }

    [Theory]
    [InlineData(true, CircuitChange.Closed)]
    [InlineData(false, CircuitChange.Reopened)]
    public void ProbeThatHasItsSlotAtLast_IsTheProbeAgain(bool answers, CircuitChange change)
    {
        var pass = Enter();
        pass.Waits();
        pass.GoesOn();
        pass.Waits();
        Assert.True(Breaker.Admits);
        pass.GoesOn();
        Assert.False(Breaker.Admits);

        (answers ? (Action)pass.FirstToken : pass.Failed)();

        Assert.Equal([change], _changes);
    }

    [Fact]
    public void ProbeThatIsLeftWhileItWaits_GivesNothingBackTwice()
    {
        var waiting = Enter();
        waiting.Waits();
        var probe = Enter();
        waiting.Dispose();

        Assert.False(Breaker.Admits);
        probe.Dispose();
        Assert.True(Breaker.Admits);
    }

    [Fact]
    public void RequestThatIsNoProbe_SaysWhatItFindsOutAfterItsWait()
    {
        Enter().FirstToken();
        var request = Enter();
        request.Waits();
        request.GoesOn();
        request.Failed();

        Assert.Equal([CircuitChange.Closed, CircuitChange.Opened], _changes);
    }

    private RoutePass Enter() => new(_guard, Breaker.TryEnter(out var permit) ? permit : null, (_, change) => _changes.Add(change));
}
