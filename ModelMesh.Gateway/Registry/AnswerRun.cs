using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Registry.Balancing;
using ModelMesh.Gateway.Registry.Continuation;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.Gateway.Registry.Hedging;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Registry;

/// <summary>One request for an answer on its way through one plan.</summary>
internal sealed class AnswerRun
{
    private readonly AnswerCall _call;
    private readonly AttemptTally _tally;
    private readonly FailoverParts _parts;
    private readonly PlanWalk<InferStream> _walk;
    private HedgedOpening? _hedging;

    /// <param name="failed">What is not asked again.</param>
    public AnswerRun(AnswerCall call, bool mayPlanAnew, IReadOnlyList<FailedRoute> failed, AttemptTally tally, FailoverParts parts)
    {
        (_call, _tally, _parts) = (call, tally, parts);
        _walk = Walk(call.Plan, AttemptCause.First, mayPlanAnew, failed, Attempt(TellQueuedAsync));
    }

    /// <summary>Whether what ended the run is that the catalog knows better than the plan.</summary>
    public bool IsOutdated => _walk.IsOutdated;

    /// <summary>What has failed so far.</summary>
    public IReadOnlyList<FailedRoute> Failed => _walk.Failed;

    public async Task RunAsync(AnswerUse use, CancellationToken cancellationToken)
    {
        while (true)
        {
            var served = await OpenAsync(cancellationToken);
            Tell(served);
            using var stream = Continuable(served, cancellationToken);
            try
            {
                await use(stream);
                return;
            }
            catch (Exception exception) when (IsOfTheCall(exception) && !cancellationToken.IsCancellationRequested && served.Answer.Judge(exception) is { } failure)
            {
                _walk.Broke(served.Turn, failure);
            }
        }
    }

    // Of what is thrown here, only what the instance did: what its answer is too long for, or a stage refuses, it would be again.
    private static bool IsOfTheCall(Exception exception) => exception is RpcException or MeshException { RetryElsewhere: true };

    private async Task<Served<InferStream>> OpenAsync(CancellationToken cancellationToken)
    {
        // Only before anything was asked: what follows a failure is a second attempt already.
        var first = _call.Plan.First.Model;
        if (_hedging is not null || HedgeDelay.For(_call.Traits, first.Resilience) is not { } after)
        {
            return await _walk.NextAsync(cancellationToken);
        }

        _hedging = new HedgedOpening(_walk, Attempt, _tally, _parts, cancellationToken);
        return await _hedging.OpenAsync(after, _parts.Guards.Of(first).Budget.TryRetry);
    }

    private void Tell(Served<InferStream> served)
    {
        _tally.Add(served.Answer.Attempts);
        served.Turn.Endpoint = served.Answer.Endpoint;
        var first = _call.Plan.First;
        AnswerHeaders.WriteWay(_call.AnswerHeaders, _tally.Count, served.Turn.Route == first ? null : first.Model);
    }

    private IAnswerStream Continuable(Served<InferStream> served, CancellationToken cancellationToken) =>
        _call.Traits.ContinuesByPrefill && ContinuationRules.Allow(_call.Request)
            ? new ContinuedStream(served, ContinueAsync, _parts.Metrics, cancellationToken)
            : served.Answer;

    // The version that broke comes first: its endpoints and other instances may be well. Then the rest of the plan.
    private async Task<Served<InferStream>> ContinueAsync(SentAnswer sent, RouteTurn broken, ErrorCode reason, CancellationToken cancellationToken)
    {
        var plan = new RoutePlan([broken.Route, .. _call.Plan.Routes.Where(route => route != broken.Route)]);
        var served = await Walk(plan, AttemptCause.Continuation(reason), mayPlanAnew: false, [], Attempt(null, (request, turn) => GoOn(request, turn, sent, broken))).NextAsync(cancellationToken);
        _tally.Add(served.Answer.Attempts);
        served.Turn.Endpoint = served.Answer.Endpoint;
        return served;
    }

    private PlanWalk<InferStream> Walk(RoutePlan plan, AttemptCause start, bool mayPlanAnew, IReadOnlyList<FailedRoute> failed, InstanceAttempt<InferStream> attempt)
    {
        var hint = new BalanceHint(_call.Request.HashKey ?? _call.Traits.HashKey, _parts.Fleet.LooksAtPrompts ? PromptPrefix.HashOf(_call.Request.Messages) : 0);
        return new PlanWalk<InferStream>(plan, hint, start, mayPlanAnew, failed, _tally, _parts, attempt);
    }

    private static void GoOn(InferRequest request, RouteTurn turn, SentAnswer sent, RouteTurn broken)
    {
        Prefill.Add(request, turn.Route, sent);
        request.AvoidEndpoint = turn.Route == broken.Route ? broken.Endpoint : 0;
    }

    private InstanceAttempt<InferStream> Attempt(Func<Queued, Task>? queued) => Attempt(queued, static (request, turn) => request.AvoidEndpoint = turn.Endpoint);

    private InstanceAttempt<InferStream> Attempt(Func<Queued, Task>? queued, Action<InferRequest, RouteTurn> change) => (instance, turn, cancellationToken) =>
    {
        var request = _call.Request.ToInferRequest(turn.Route, _call.RequestId, _call.Traits);
        change(request, turn);

        // Read as texts, an event holds only until the next; who shares an answer reads it longer than that.
        request.TakesTexts = !_call.IsShared;
        request.Collects = _call.Collects;
        return InferStream.OpenAsync(_parts.Fleet, instance, request, new StreamTerms(turn.Route.Model, turn.Cause, turn.Number, _parts.Fleet.BoundsOf(turn.Route.Model), turn.Pass, queued), cancellationToken);
    };

    private Task TellQueuedAsync(Queued queued)
    {
        _hedging?.Queued(queued);
        return _call.Queued?.Invoke(queued) ?? Task.CompletedTask;
    }
}
