using System.Collections.Immutable;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>Where one request stands in its plan. Thread-safe: a hedge walks beside the first attempt.</summary>
internal sealed class WalkState
{
    private readonly Lock _lock = new();
    private readonly RoutePlan _plan;
    private readonly VersionGuard[] _guards;
    private readonly Action<VersionGuard, CircuitChange> _breakerChanged;
    private readonly bool[] _taken;
    private readonly MeshException?[] _failures;
    private ImmutableHashSet<string> _deadInstances = [];
    private RouteTurn? _again;

    /// <param name="failed">What is as if it had been asked here.</param>
    public WalkState(RoutePlan plan, IReadOnlyList<FailedRoute> failed, VersionGuards guards, Action<VersionGuard, CircuitChange> breakerChanged)
    {
        (_plan, _breakerChanged) = (plan, breakerChanged);
        _guards = [.. plan.Routes.Select(route => guards.Of(route.Model))];
        (_taken, _failures) = (new bool[_guards.Length], new MeshException?[_guards.Length]);
        foreach (var failure in failed)
        {
            for (var index = 0; index < _guards.Length; index++)
            {
                if (failure.IsOf(plan.Routes[index]))
                {
                    (_taken[index], _failures[index]) = (true, failure.Error);
                }
            }
        }
    }

    /// <summary>Whether there is another turn, as things stand.</summary>
    public bool HasNext
    {
        get
        {
            lock (_lock)
            {
                return _again is not null || RouteChoice.Choose(View()) >= 0;
            }
        }
    }

    /// <summary>The next turn; null when there is none.</summary>
    public RouteTurn? Take()
    {
        lock (_lock)
        {
            if (_again is { } again)
            {
                _again = null;
                return again;
            }

            while (RouteChoice.Choose(View()) is var index and >= 0)
            {
                var (route, guard) = (_plan.Routes[index], _guards[index]);

                // Another request may have become the probe this moment: then the choice is made anew. Regardless of breakers only a request's first attempt is sent.
                var permit = guard.Breaker.TryEnter(out var granted) ? granted : (CircuitPermit?)null;
                if (permit is not null || !Array.Exists(View(), view => view.Taken || view.Admits))
                {
                    _taken[index] = true;
                    guard.Budget.Requested();
                    return new RouteTurn(route, guard, new RoutePass(guard, permit, _breakerChanged), _deadInstances);
                }
            }

            return null;
        }
    }

    /// <summary>A second turn beside the first at the same route.</summary>
    /// <param name="elsewhere">Whether it is to be at another instance.</param>
    public RouteTurn Beside(RouteTurn turn, bool elsewhere)
    {
        lock (_lock)
        {
            return new RouteTurn(turn.Route, turn.Guard, Pass(turn), elsewhere ? turn.Tried.Union(_deadInstances) : _deadInstances);
        }
    }

    /// <summary>The route was left before anything came of it: it may be asked again.</summary>
    public void GiveBack(RouteTurn turn)
    {
        lock (_lock)
        {
            _taken[IndexOf(turn)] = false;
        }
    }

    /// <summary>The same turn is the next one.</summary>
    public void Again(RouteTurn turn)
    {
        lock (_lock)
        {
            turn.Pass = Pass(turn);
            _again = turn;
        }
    }

    /// <summary>An instance whose connection failed is not asked for another route either.</summary>
    public void Dead(string instance)
    {
        lock (_lock)
        {
            _deadInstances = _deadInstances.Add(instance);
        }
    }

    public void Failed(RouteTurn turn, MeshException error)
    {
        lock (_lock)
        {
            // Of two attempts side by side at one route it is the sooner one's.
            _failures[IndexOf(turn)] ??= error;
        }
    }

    public List<FailedRoute> FailedRoutes()
    {
        lock (_lock)
        {
            return [.. _plan.Routes.Zip(_failures).Where(route => route.Second is not null).Select(route => new FailedRoute(route.First, route.Second!))];
        }
    }

    /// <summary>What the client is told when no turn is left.</summary>
    public MeshException Failure()
    {
        lock (_lock)
        {
            List<RouteFailure> failures = [];
            List<RouteFailure> notAsked = [];
            for (var index = 0; index < _taken.Length; index++)
            {
                if (_failures[index] is { } error)
                {
                    failures.Add(new RouteFailure(_guards[index].Id, error));
                }
                else if (!_taken[index])
                {
                    notAsked.Add(new RouteFailure(_guards[index].Id, NotAsked(_guards[index])));
                }
            }

            return PlanFailure.Of([.. failures, .. notAsked]);
        }
    }

    private int IndexOf(RouteTurn turn) => _plan.Routes.IndexOf(turn.Route);

    private static MeshException NotAsked(VersionGuard guard) => new(
        ErrorCode.BackendUnavailable, $"not asked, after {guard.Breaker.Failures} failures in a row.") { RetryAfter = guard.Breaker.UntilProbe is { Ticks: > 0 } wait ? wait : null };

    private RoutePass Pass(RouteTurn turn) => new(turn.Guard, turn.Guard.Breaker.TryEnter(out var permit) ? permit : null, _breakerChanged);

    private RouteView[] View()
    {
        var views = new RouteView[_taken.Length];
        for (var index = 0; index < views.Length; index++)
        {
            views[index] = new RouteView(_taken[index], _guards[index].Breaker.Admits);
        }

        return views;
    }
}
