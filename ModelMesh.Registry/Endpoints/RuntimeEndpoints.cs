using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Attempts;
using ModelMesh.ServiceDefaults.Balancing;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Registry.Endpoints;

/// <summary>The endpoints of one runtime: chooses one for a call, and learns from how calls go. At least one, at most 64. Thread-safe; no lock is held over a request.</summary>
internal sealed partial class RuntimeEndpoints(ModelVersion model, IReadOnlyList<RuntimeEndpoint> all, TimeProvider time, ILogger logger)
{
    private readonly IBalancer _balancer = Balancers.Of(model.Balancing);
    private uint _turn;

    public IReadOnlyList<RuntimeEndpoint> All { get; } = all;

    /// <summary>What retries of this replica's requests to the runtime are taken out of.</summary>
    public RetryBudget Budget { get; } = new(model.Resilience.RetryBudget, time);

    /// <summary>Whether an <see cref="EndpointWish.PrefixHash"/> has a say.</summary>
    public bool WantsPrefix { get; } = all.Count > 1 && model.Balancing == BalancingPolicies.PrefixAffinity;

    /// <summary>Whether any but those takes a request now.</summary>
    /// <param name="without">A bit for each endpoint that is out of the question.</param>
    public bool AnyTakes(ulong without)
    {
        for (var index = 0; index < All.Count; index++)
        {
            if ((without & (1UL << index)) == 0 && All[index].Takes)
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="MeshException"><c>backend_unavailable</c>, or <c>rate_limited</c> where all were asked to wait, with how long: no endpoint takes a request now.</exception>
    public void ThrowIfNoneTakes()
    {
        if (!AnyTakes(without: 0))
        {
            throw NoneTakes();
        }
    }

    public MeshException NoneTakes() => EndpointErrors.NoneTakes(model.Id, [.. All.Select(EndpointState.Of)]);

    /// <summary>Chooses one of those that take a request, and gets leave to call it. A breaker's probe that another request took first is chosen around.</summary>
    /// <param name="wish">What has a say in it.</param>
    /// <param name="without">A bit for each endpoint that is out of the question.</param>
    /// <returns>Null when none is left.</returns>
    public EndpointCall? TryBegin(EndpointWish wish, ulong without)
    {
        if (wish.Avoided != 0 && AnyTakes(without | wish.Avoided))
        {
            without |= wish.Avoided;
        }

        while (Choose(wish, without) is var index and >= 0)
        {
            if (All[index].Breaker.TryEnter(out var permit))
            {
                All[index].Began();
                return new EndpointCall(this, index, permit);
            }

            without |= 1UL << index;
        }

        return null;
    }

    public void Judge(int index, CircuitPermit permit, AttemptVerdict verdict, string? failure)
    {
        var endpoint = All[index];
        AttemptTelemetry.Attempted(model.Id, verdict.Result);
        switch (verdict.Result)
        {
            case AttemptResult.Answered:
                endpoint.Outcomes.Add(1, 0);
                Changed(endpoint, endpoint.Breaker.Succeeded(permit));
                break;
            case AttemptResult.Failed:
                endpoint.Outcomes.Add(1, 1);
                endpoint.NoteFailure(failure);
                Changed(endpoint, endpoint.Breaker.Failed(permit));
                EjectIfOutlier(index);
                break;
            default:
                endpoint.Breaker.GiveBack(permit);
                break;
        }
    }

    public void Changed(RuntimeEndpoint endpoint, CircuitChange change)
    {
        if (change == CircuitChange.None)
        {
            return;
        }

        // What was counted before says nothing of the endpoint that comes back.
        endpoint.Outcomes.Clear();
        AttemptTelemetry.BreakerChanged(model.Id, change);
        if (change == CircuitChange.Opened)
        {
            BreakerOpened(logger, model.Id.ToString(), endpoint.Shown ?? "(default)", endpoint.Breaker.UntilProbe.TotalMilliseconds, endpoint.LastFailure);
        }
        else if (change == CircuitChange.Closed)
        {
            BreakerClosed(logger, model.Id.ToString(), endpoint.Shown ?? "(default)");
        }
    }

    private void EjectIfOutlier(int index)
    {
        if (All.Count == 1)
        {
            return;
        }

        Span<EndpointRecord> records = stackalloc EndpointRecord[All.Count];
        for (var other = 0; other < All.Count; other++)
        {
            var (calls, failures) = All[other].Outcomes.Sum;
            records[other] = new EndpointRecord(calls, failures, All[other].Breaker.State != CircuitState.Closed);
        }

        if (OutlierRule.Ejects(records, index))
        {
            Changed(All[index], All[index].Breaker.Trip());
        }
    }

    // -1 when none takes a request.
    private int Choose(EndpointWish wish, ulong without)
    {
        if (All.Count == 1)
        {
            return without == 0 && All[0].Takes ? 0 : -1;
        }

        var buffer = default(CandidateBuffer);
        Span<BalanceCandidate> candidates = buffer;
        Span<int> places = stackalloc int[CandidateBuffer.Most];
        var count = 0;
        for (var index = 0; index < All.Count; index++)
        {
            var endpoint = All[index];
            if ((without & (1UL << index)) == 0 && endpoint.Takes)
            {
                places[count] = index;
                candidates[count++] = new BalanceCandidate(endpoint.Key, endpoint.Weight, endpoint.InFlight);
            }
        }

        if (count == 0)
        {
            return -1;
        }

        var request = new BalanceRequest(wish.HashKey, wish.PrefixHash, Interlocked.Increment(ref _turn), Random.Shared.NextDouble(), Random.Shared.NextDouble());
        return places[_balancer.Choose(candidates[..count], request)];
    }
}
