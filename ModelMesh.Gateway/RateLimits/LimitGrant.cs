namespace ModelMesh.Gateway.RateLimits;

/// <summary>Leave for one request, with the tokens that were set apart for it. Disposing it settles what it really used.</summary>
internal sealed class LimitGrant(IRateLimiter limiter, IReadOnlyList<BucketDemand> taken) : IDisposable
{
    /// <summary>Tokens; zero until something was answered.</summary>
    public long Used { get; set; }

    public void Dispose()
    {
        BucketDemand[] left = [.. taken
            .Where(demand => demand.Bucket.Kind == BucketKind.Tokens && demand.Amount != Used)
            .Select(demand => demand with { Amount = Used - demand.Amount })];
        if (left.Length > 0)
        {
            limiter.Settle(left);
        }
    }
}
