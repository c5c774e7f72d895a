using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

public sealed class RuntimeEndpointsTests
{
    private static readonly AttemptVerdict Failed = new(AttemptResult.Failed, RetryPlace.Anywhere);

    private readonly ManualTime _time = new();
    private readonly RecordedLog<RuntimeEndpoints> _log = new();

    [Fact]
    public void Judge_AnEndpointFailsIsTriedAndRecovers_OneWarningAndOneInformationWithoutItsQuery()
    {
        var endpoints = Make(["http://a:8000/v1?key=hush"]);
        Call(endpoints, Failed, times: 3);
        _time.Move(TimeSpan.FromSeconds(5));
        Call(endpoints, Failed);
        _time.Move(TimeSpan.FromSeconds(10));
        Call(endpoints, AttemptVerdict.Answered);

        Assert.Equal(
            [
                (LogLevel.Warning, "chat@v1: its endpoint http://a:8000/v1 is not asked for the next 5000 ms, since it keeps failing: it broke"),
                (LogLevel.Information, "chat@v1: its endpoint http://a:8000/v1 answers again"),
            ],
            _log.Lines.Select(line => (line.Level, line.Text)));
    }

    [Fact]
    public void Answered_TheProbe_ClosesTheBreakerBeforeTheAnswerHasEndedAndItsEndStillCounts()
    {
        var endpoints = Make(["http://a/"]);
        Call(endpoints, Failed, times: 3);
        _time.Move(TimeSpan.FromSeconds(5));
        var probe = Begin(endpoints);
        Assert.Null(endpoints.TryBegin(default, without: 0));
        probe.Answered();
        Assert.Equal(CircuitState.Closed, endpoints.All[0].Breaker.State);

        probe.Judged(Failed, "it was cut");
        Assert.Equal(1, endpoints.All[0].Breaker.Failures);
    }

    [Fact]
    public void TryBegin_AnEndpointIsHeldOpenOrOutOfTheQuestion_IsNeverChosen()
    {
        var endpoints = Make(["http://a/", "http://b/", "http://c/", "http://d/"]);
        endpoints.All[0].Hold.Observe(new BackendException(BackendErrorKind.RateLimited, "later") { RetryAfter = TimeSpan.FromSeconds(9) });
        endpoints.All[1].Breaker.Trip();

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(3, endpoints.TryBegin(default, without: 0b0100)!.Index));
        Assert.Null(endpoints.TryBegin(default, without: 0b1100));
        Assert.Equal(50, endpoints.All[3].InFlight);
    }

    [Fact]
    public void Judge_OneOfThreeFailsNowAndThen_ItsBreakerOpensOnceThereIsEnoughToJudgeBy()
    {
        var endpoints = Make(["http://a/", "http://b/", "http://c/"], new ModelResilience { BreakerFailures = 1000 });
        for (var call = 0; call < 9; call++)
        {
            CallAt(endpoints, 1, AttemptVerdict.Answered);
            CallAt(endpoints, 2, AttemptVerdict.Answered);
            CallAt(endpoints, 0, call % 2 == 0 ? AttemptVerdict.Answered : Failed);
        }

        Assert.Equal(CircuitState.Closed, endpoints.All[0].Breaker.State);
        CallAt(endpoints, 0, Failed);
        Assert.Equal(CircuitState.Open, endpoints.All[0].Breaker.State);
    }

    [Fact]
    public void Judge_TheSameFailuresLongerAgoThanThirtySeconds_AreForgotten()
    {
        var endpoints = Make(["http://a/", "http://b/"], new ModelResilience { BreakerFailures = 1000 });
        for (var call = 0; call < 9; call++)
        {
            CallAt(endpoints, 1, AttemptVerdict.Answered);
            CallAt(endpoints, 0, Failed);
        }

        _time.Move(TimeSpan.FromSeconds(31));
        CallAt(endpoints, 1, AttemptVerdict.Answered);
        CallAt(endpoints, 0, Failed);
        Assert.Equal(CircuitState.Closed, endpoints.All[0].Breaker.State);
    }

    [Fact]
    public void NoneTakes_AfterTheRequestItselfWasRefused_DoesNotRepeatWhatWasSaidOfIt()
    {
        var endpoints = Make(["http://a/"]);
        var call = Begin(endpoints);
        call.Judged(AttemptVerdict.GivenUp, "the prompt 'hush' is too long");
        call.Ended();
        endpoints.All[0].Breaker.Trip();

        Assert.DoesNotContain("hush", endpoints.NoneTakes().Message, StringComparison.Ordinal);
    }

    private RuntimeEndpoints Make(string[] addresses, ModelResilience? rules = null)
    {
        var model = TestModel.Of("fake") with { Resilience = rules ?? new ModelResilience { BreakerFailures = 3 }, Balancing = BalancingPolicies.RoundRobin };
        return new RuntimeEndpoints(model, [.. addresses.Select(address => new RuntimeEndpoint(address, 1, new NoBackend(), model.Resilience, _time))], _time, _log);
    }

    private static EndpointCall Begin(RuntimeEndpoints endpoints)
    {
        var call = endpoints.TryBegin(default, without: 0);
        Assert.NotNull(call);
        return call;
    }

    private static void Call(RuntimeEndpoints endpoints, AttemptVerdict verdict, int times = 1)
    {
        for (var call = 0; call < times; call++)
        {
            End(Begin(endpoints), verdict);
        }
    }

    private static void CallAt(RuntimeEndpoints endpoints, int index, AttemptVerdict verdict) => End(endpoints.TryBegin(default, ~(1UL << index))!, verdict);

    private static void End(EndpointCall call, AttemptVerdict verdict)
    {
        call.Judged(verdict, verdict.Result == AttemptResult.Failed ? "it broke" : null);
        call.Ended();
    }

    private sealed class NoBackend : IBackend
    {
        public IChatClient Chat => throw new InvalidOperationException("nobody is to be called");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
