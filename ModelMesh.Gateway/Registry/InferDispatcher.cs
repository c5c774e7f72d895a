using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Registry.Balancing;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Registry;

/// <summary>
/// Gets a request its answer.
/// 1. Walk the plan that the request was routed to (<see cref="PlanWalk{T}"/>).
/// 2. The version that the split chose was deleted meanwhile: plan anew, by what the store holds now, and back to 1, a bounded number of times. What failed already is not asked again.
/// No step is reached once a token has reached the client: what it has seen cannot be taken back. A whole answer reaches it at its end.
/// </summary>
internal sealed class InferDispatcher(ModelResolver resolver, FailoverParts parts)
{
    private const int MaxPlans = 3;

    /// <param name="use">Called once for each attempt that got its first token; what it throws counts as the attempt's failure.</param>
    /// <exception cref="MeshException">Why there is no answer.</exception>
    public async Task RunAsync(AnswerCall call, AnswerUse use, CancellationToken cancellationToken)
    {
        var tally = new AttemptTally();
        try
        {
            AnswerRun? run = null;
            for (var plans = 1; ; plans++)
            {
                // 1
                run = new AnswerRun(call, mayPlanAnew: plans < MaxPlans, run?.Failed ?? [], tally, parts);
                try
                {
                    await run.RunAsync(use, cancellationToken);
                    return;
                }
                catch (MeshException) when (run.IsOutdated)
                {
                    // 2
                    call.Plan = await resolver.ResolveAnewAsync(call.Request, call.Traits, cancellationToken);
                }
            }
        }
        catch (MeshException)
        {
            AnswerHeaders.WriteWay(call.AnswerHeaders, tally.Count, instead: null);
            throw;
        }
    }

    /// <exception cref="MeshException">Why there are no embeddings.</exception>
    public async Task<EmbedResponse> EmbedAsync(
        EmbeddingInputs inputs, CallTraits traits, RoutePlan plan, StageHeaders answerHeaders, string requestId, CancellationToken cancellationToken)
    {
        var tally = new AttemptTally();
        try
        {
            PlanWalk<EmbedResponse>? walk = null;
            for (var plans = 1; ; plans++)
            {
                // 1
                var hint = new BalanceHint(inputs.HashKey ?? traits.HashKey, 0);
                walk = new PlanWalk<EmbedResponse>(plan, hint, AttemptCause.First, mayPlanAnew: plans < MaxPlans, walk?.Failed ?? [], tally, parts, AskAsync);
                try
                {
                    var served = await walk.NextAsync(cancellationToken);
                    tally.Add(Math.Max(1, served.Answer.Attempts));
                    AnswerHeaders.WriteWay(answerHeaders, tally.Count, served.Turn.Route == plan.First ? null : plan.First.Model);
                    return served.Answer;
                }
                catch (MeshException) when (walk.IsOutdated)
                {
                    // 2
                    plan = await resolver.ResolveAnewAsync(inputs, traits, cancellationToken);
                }
            }
        }
        catch (MeshException)
        {
            AnswerHeaders.WriteWay(answerHeaders, tally.Count, instead: null);
            throw;
        }

        Task<EmbedResponse> AskAsync(RegistryInstance instance, RouteTurn turn, CancellationToken ended) => EmbedCall.RunAsync(
            instance, turn, inputs.ToEmbedRequest(turn.Route, requestId, traits), parts.Fleet.BoundsOf(turn.Route.Model).Whole, parts.Fleet.Time, ended);
    }
}
