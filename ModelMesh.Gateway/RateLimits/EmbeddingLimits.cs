using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>What <see cref="RateLimitStage"/> is for answers, for embeddings.</summary>
internal sealed class EmbeddingLimits(RateLimitGate gate)
{
    /// <param name="next">Makes the embeddings.</param>
    public async Task<EmbedResponse> RunAsync(
        EmbeddingInputs inputs, CallTraits traits, RoutePlan plan, StageHeaders answer, Func<Task<EmbedResponse>> next, CancellationToken cancellationToken)
    {
        var buckets = gate.BucketsOf(inputs, traits, plan);
        if (buckets.IsEmpty)
        {
            return await next();
        }

        cancellationToken.ThrowIfCancellationRequested();
        var estimate = TokenEstimate.Of(inputs);
        using var grant = await gate.EnterAsync(buckets, estimate, traits, answer);
        cancellationToken.ThrowIfCancellationRequested();
        var response = await next();
        grant.Used = TokenMeter.UsedOf(response.Usage, estimate.Input, pieces: 0);
        return response;
    }
}
