using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Resilience;

public sealed class CircuitBreakerTests
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(new CircuitRules(3, OpenFor, TimeSpan.FromSeconds(15)), _time);

    [Fact]
    public void Failed_EnoughInARow_OpensAndLetsNothingThrough()
    {
        Assert.Equal([CircuitChange.None, CircuitChange.None, CircuitChange.Opened], Fail(3));

        Assert.Equal((CircuitState.Open, false, OpenFor), (_breaker.State, _breaker.TryEnter(out _), _breaker.UntilProbe));
    }

    [Fact]
    public void Succeeded_BetweenFailures_CountsFromTheStart()
    {
        Fail(2);
        Assert.Equal(CircuitChange.None, _breaker.Succeeded(Enter()));
        Fail(2);

        Assert.Equal((CircuitState.Closed, 2), (_breaker.State, _breaker.Failures));
    }

    [Fact]
    public void GiveBack_BetweenFailures_ChangesNothing()
    {
        Fail(2);
        _breaker.GiveBack(Enter());

        Assert.Equal(CircuitChange.Opened, Assert.Single(Fail(1)));
    }

    [Fact]
    public void TryEnter_TheTimeIsOver_OneGetsThroughAndItsSuccessCloses()
    {
        Fail(3);
        _time.Move(OpenFor);
        Assert.Equal((CircuitState.HalfOpen, true, TimeSpan.Zero), (_breaker.State, _breaker.Admits, _breaker.UntilProbe));

        var probe = Enter();
        Assert.True(probe.IsProbe);
        Assert.Equal((CircuitState.HalfOpen, false, false), (_breaker.State, _breaker.Admits, _breaker.TryEnter(out _)));

        Assert.Equal(CircuitChange.Closed, _breaker.Succeeded(probe));
        Assert.Equal((CircuitState.Closed, 0), (_breaker.State, _breaker.Failures));
    }

    [Fact]
    public void Failed_TheProbe_OpensForTwiceAsLongUpToTheLongest()
    {
        Fail(3);
        TimeSpan[] open = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15)];
        foreach (var next in open)
        {
            _time.Move(_breaker.UntilProbe);
            Assert.Equal(CircuitChange.Reopened, _breaker.Failed(Enter()));
            Assert.Equal(next, _breaker.UntilProbe);
        }

        _time.Move(TimeSpan.FromSeconds(15));
        _breaker.Succeeded(Enter());
        Fail(3);
        Assert.Equal(OpenFor, _breaker.UntilProbe);
    }

    [Fact]
    public void GiveBack_TheProbe_TheNextOneIsTheProbe()
    {
        Fail(3);
        _time.Move(OpenFor);
        _breaker.GiveBack(Enter());

        Assert.True(Enter().IsProbe);
    }

    [Fact]
    public void Outcomes_OfRequestsFromBeforeItOpened_SayNothing()
    {
        CircuitPermit[] before = [Enter(), Enter(), Enter(), Enter(), Enter()];
        Assert.Equal([CircuitChange.None, CircuitChange.None, CircuitChange.Opened], before.Take(3).Select(_breaker.Failed));

        Assert.Equal(CircuitChange.None, _breaker.Failed(before[3]));
        Assert.Equal(CircuitChange.None, _breaker.Succeeded(before[4]));
        Assert.Equal((CircuitState.Open, OpenFor), (_breaker.State, _breaker.UntilProbe));
    }

    [Fact]
    public void Trip_AClosedOne_OpensOnce()
    {
        Assert.Equal([CircuitChange.Opened, CircuitChange.None], [_breaker.Trip(), _breaker.Trip()]);
        Assert.Equal(OpenFor, _breaker.UntilProbe);
    }

    [Fact]
    public async Task TryEnter_ManyAtOnceWhenTheTimeIsOver_ExactlyOneGetsThrough()
    {
        Fail(3);
        for (var round = 0; round < 50; round++)
        {
            _time.Move(_breaker.UntilProbe);
            using var start = new Barrier(4);
            var entered = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return _breaker.TryEnter(out var permit) ? permit : (CircuitPermit?)null;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            _breaker.Failed(Assert.Single(entered.OfType<CircuitPermit>()));
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 15)]
    [InlineData(1000, 15)]
    public void OpenTime_AfterSoManyOpenings_IsDoubledUpToTheLongest(int openings, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new CircuitRules(3, OpenFor, TimeSpan.FromSeconds(15)).OpenTime(openings));

    private CircuitPermit Enter()
    {
        Assert.True(_breaker.TryEnter(out var permit));
        return permit;
    }

    private List<CircuitChange> Fail(int times) => [.. Enumerable.Range(0, times).Select(_ => _breaker.Failed(Enter()))];
}
