using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Errors;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>Lets a request in where every limit that it falls under does. Thread-safe.</summary>
internal sealed class RateLimitGate(ICatalog catalog, IRateLimiter limiter, IOptions<RateLimitOptions> options, RateLimitMetrics metrics, TimeProvider time)
{
    public ImmutableArray<LimitBucket> BucketsOf(ModelRequest request, CallTraits traits, RoutePlan plan)
    {
        var traffic = catalog.Current.Traffic;
        return traffic.Limits.IsEmpty ? [] : LimitMatch.BucketsOf(traffic, request, plan.First.Model, traits.Caller);
    }

    /// <param name="buckets">At least one.</param>
    /// <param name="estimate">How many tokens it may take. Of a limit that is smaller only so many are set apart.</param>
    /// <param name="answer">Where the answer's headers go, also when it is refused.</param>
    /// <exception cref="MeshException"><c>rate_limited</c>, or <c>store_unavailable</c> where the limits could not be asked.</exception>
    public async Task<LimitGrant> EnterAsync(ImmutableArray<LimitBucket> buckets, TokenEstimate estimate, CallTraits traits, StageHeaders answer)
    {
        BucketDemand[] demands = [.. buckets.Select(bucket => new BucketDemand(bucket, bucket.Kind == BucketKind.Requests ? 1 : Math.Min(estimate.Total, bucket.PerMinute)))];
        TakeAnswer taken;
        try
        {
            taken = await limiter.TakeAsync(demands);
        }
        catch (MeshException away) when (away.Code == ErrorCode.StoreUnavailable && options.Value.WhenStoreIsAway == UncountedRequests.Allow)
        {
            metrics.Uncounted();
            return new LimitGrant(limiter, []);
        }

        RateLimitHeaders.Write(answer, taken.States, traits.Headers.ContainsKey(ErrorShapes.AnthropicVersion), time.GetUtcNow());
        if (!taken.Granted)
        {
            var reason = RateLimitRefusal.ReasonOf(taken.States);
            metrics.Refused(reason.Bucket);
            throw RateLimitRefusal.For(reason);
        }

        return new LimitGrant(limiter, demands);
    }
}
