using System.Collections.Immutable;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>Refuses what is over a rate limit before anything is done for it, and settles the tokens of what was answered. Costs nothing where no limit is.</summary>
internal sealed class RateLimitStage(RateLimitGate gate) : IAnswerStage
{
    public Task RunAsync(AnswerCall call, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        var buckets = gate.BucketsOf(call.Request, call.Traits, call.Plan);
        return buckets.IsEmpty ? next(call, use, cancellationToken) : RunLimitedAsync(buckets, call, use, next, cancellationToken);
    }

    private async Task RunLimitedAsync(ImmutableArray<LimitBucket> buckets, AnswerCall call, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        // Of a limit nothing is taken for one that nobody waits for any more.
        cancellationToken.ThrowIfCancellationRequested();
        var estimate = TokenEstimate.Of(call.Request);
        using var grant = await gate.EnterAsync(buckets, estimate, call.Traits, call.AnswerHeaders);
        cancellationToken.ThrowIfCancellationRequested();
        await next(call, async stream =>
        {
            // Of several attempts at a whole answer the last counts.
            var meter = new TokenMeter(estimate.Input);
            try
            {
                await use(new MeteredStream(stream, meter));
            }
            finally
            {
                grant.Used = meter.Used;
            }
        }, cancellationToken);
    }
}
