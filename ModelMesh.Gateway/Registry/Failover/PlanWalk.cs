using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Balancing;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>
/// One request's way through its plan, until something answers.
/// 1. The next route (<see cref="RouteChoice"/>).
/// 2. The next instance for it, each at most once a route (<see cref="InstanceChoice"/>).
/// 3. The attempt. What its failure means is <see cref="FailureRules"/>' to say: back to 2, back to 1, or the answer.
/// Nothing here knows of clients: who walks on has not sent them anything.
/// </summary>
/// <param name="failed">What failed the request under an earlier plan: it is not asked again, and its reason is told beside the others'.</param>
internal sealed class PlanWalk<T>(
    RoutePlan plan, BalanceHint hint, bool mayPlanAnew, IReadOnlyList<FailedRoute> failed, AttemptTally tally, FailoverParts parts, InstanceAttempt<T> attempt)
{
    private static readonly TimeSpan RetryWhenAllFailed = TimeSpan.FromSeconds(1);
    private readonly WalkState _state = new(plan, failed, parts.Guards, parts.BreakerChanged);
    private volatile RouteTurn? _current;
    private ErrorCode? _leftFor;

    /// <summary>Whether what ended the walk is that the catalog knows better than the plan.</summary>
    public bool IsOutdated { get; private set; }

    /// <summary>What has failed so far, here or under an earlier plan.</summary>
    public IReadOnlyList<FailedRoute> Failed => _state.FailedRoutes();

    /// <summary>Whether what ended the walk is that no route was left.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Whether there is somewhere to send a second attempt beside the first.</summary>
    public bool HasSecond => _state.HasNext || MayGoBeside(_current);

    /// <exception cref="MeshException">Why nothing answers.</exception>
    public async Task<Served<T>> NextAsync(CancellationToken cancellationToken)
    {
        // 1
        while (_state.Take() is { } turn)
        {
            _current = turn;
            CountFailover();
            try
            {
                return await AskAsync(turn, attempt, cancellationToken);
            }
            catch (MeshException error) when (!cancellationToken.IsCancellationRequested)
            {
                GoOn(turn, error, error.RetryElsewhere ? FailurePlace.AllInstances : FailurePlace.Version);
            }
        }

        IsExhausted = true;
        throw _state.Failure();
    }

    /// <summary>A second attempt beside the first: at the next route, else at the first one's where another instance or another of its endpoints may be quicker.</summary>
    /// <param name="hedge">The attempt.</param>
    /// <returns>Null when it failed, or there was nowhere to send it.</returns>
    /// <exception cref="MeshException"><c>cancelled</c>.</exception>
    public async Task<Served<T>?> HedgeAsync(InstanceAttempt<T> hedge, CancellationToken cancellationToken)
    {
        var next = _state.Take();
        if ((next ?? BesideTheFirst()) is not { } turn)
        {
            return null;
        }

        try
        {
            return await AskAsync(turn, hedge, cancellationToken);
        }
        catch (MeshException error) when (error.Code != ErrorCode.Cancelled)
        {
            _state.Failed(turn, error);
            return null;
        }
        catch (Exception) when (next is not null && cancellationToken.IsCancellationRequested)
        {
            _state.GiveBack(next);
            throw;
        }
    }

    /// <summary>An answer broke in its midst, and the client has seen nothing of it: the next call goes on from there.</summary>
    /// <exception cref="MeshException">There is nothing to go on with.</exception>
    public void Broke(RouteTurn turn, FailedAttempt failure) => GoOn(turn, failure.Error, failure.MayTryAnother ? FailurePlace.Instance : FailurePlace.AnswersMidst);

    private RouteTurn? BesideTheFirst()
    {
        var first = _current;
        return MayGoBeside(first) ? _state.Beside(first!, parts.Fleet.HasOther(first!.Tried)) : null;
    }

    private bool MayGoBeside(RouteTurn? first) => first is not null && (parts.Fleet.HasOther(first.Tried) || first.Route.Model.Backends.Count > 1);

    // Only now is it known that there was another to go on with.
    private void CountFailover()
    {
        if (_leftFor is { } reason)
        {
            parts.Metrics.FailedOver("version", reason);
            _leftFor = null;
        }
    }

    // What a failure leads to is noted; the walk's next step takes it from there.
    private void GoOn(RouteTurn turn, MeshException error, FailurePlace place)
    {
        var mayRepeat = !turn.Repeated && turn.Route.Model.Resilience.MaxRetries > 0;
        var step = FailureRules.After(new Failure(error.Code, place, mayRepeat, mayPlanAnew && !turn.Route.IsNamed));
        if (step is NextStep.SameVersion && !turn.Guard.Budget.TryRetry())
        {
            step = NextStep.AnotherRoute;
        }

        switch (step)
        {
            case NextStep.AnotherInstance:
                turn.InstanceFailures.Add(error);
                parts.Metrics.FailedOver("instance", error.Code);
                _state.Again(turn);
                break;
            case NextStep.SameVersion:
                turn.Repeated = true;
                turn.Tried = [];
                parts.Metrics.FailedOver("repeat", error.Code);
                _state.Again(turn);
                break;
            case NextStep.AnotherRoute:
                _leftFor = error.Code;
                _state.Failed(turn, error);
                break;
            default:
                IsOutdated = step is NextStep.NewPlan;
                throw error;
        }
    }

    private async Task<Served<T>> AskAsync(RouteTurn turn, InstanceAttempt<T> ask, CancellationToken cancellationToken)
    {
        var answered = false;
        try
        {
            // 2
            while (parts.Fleet.Take(turn.Route.Model.BackendType, turn.Tried, hint) is { } instance)
            {
                turn.Tried = turn.Tried.Add(instance.Info.Id);
                try
                {
                    // 3
                    var answer = await ask(instance, turn, cancellationToken);
                    parts.Metrics.Attempted(null);
                    answered = true;
                    return new Served<T>(answer, turn);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested && FailedAttempt.From(exception, instance.Info) is { } failure)
                {
                    Note(turn, instance, failure);
                    if (!failure.MayTryAnother)
                    {
                        throw failure.Error;
                    }
                }
            }

            throw NoneLeft(turn);
        }
        finally
        {
            if (!answered)
            {
                turn.Pass.Dispose();
            }
        }
    }

    private void Note(RouteTurn turn, RegistryInstance instance, FailedAttempt failure)
    {
        parts.Metrics.Attempted(failure.Error.Code);
        if (failure.ConnectionFailed)
        {
            parts.Fleet.Avoid(instance);
            _state.Dead(instance.Info.Id);
        }

        if (failure.AskedUpstream)
        {
            tally.Add(1);
        }

        if (failure.IsOfTheVersion)
        {
            turn.Pass.Failed();
        }

        if (failure.MayTryAnother)
        {
            parts.InstanceFailed(instance.Info.Id, failure);
            turn.InstanceFailures.Add(failure.Error);
        }
    }

    private static MeshException NoneLeft(RouteTurn turn)
    {
        var failures = turn.InstanceFailures;
        var reason = (failures.Count, turn.Tried.Count) switch
        {
            (0, 0) => "No registry instance is known that takes requests.",
            (0, _) => "No registry instance is left to ask.",
            _ => $"No registry instance could take the request. {string.Join(" ", failures.Select(failure => failure.Message))}",
        };
        return failures.Count == 0
            ? new MeshException(ErrorCode.BackendUnavailable, reason) { RetryAfter = RetryWhenAllFailed, RetryElsewhere = true }
            : new MeshException(failures[^1].Code, reason, failures[^1]) { RetryAfter = RetryWhenAllFailed, RetryElsewhere = true };
    }
}
